/** The cells of one line, without their quotes and the spaces around them. */
export function csvCells(line: string, delimiter: string): string[] {
  if (delimiter === ' ') {
    return line
      .trim()
      .split(/[ \t]+/)
      .map(unquoted);
  }
  if (!line.includes('"')) return line.split(delimiter).map((cell) => cell.trim());
  const cells: string[] = [];
  for (let start = 0; start <= line.length; ) {
    const end = endOfCell(line, start, delimiter);
    cells.push(unquoted(line.slice(start, end)));
    start = end + 1;
  }
  return cells;
}

/** A quote is one only where a cell begins with it: `5" wide` is five inches. */
function endOfCell(line: string, start: number, delimiter: string): number {
  let i = start;
  while (line[i] === ' ' || (line[i] === '\t' && delimiter !== '\t')) i++;
  if (line[i] === '"') {
    for (i++; i < line.length; i++) {
      if (line[i] !== '"') continue;
      if (line[i + 1] !== '"') break;
      i++;
    }
  }
  const end = line.indexOf(delimiter, i);
  return end < 0 ? line.length : end;
}

/** What stands in a cell: quotes around it are taken off, and doubled ones within are one. */
export function unquoted(cell: string): string {
  const text = cell.trim();
  const inner = /^"(.*)"$/s.exec(text)?.[1];
  return inner === undefined ? text : inner.replaceAll('""', '"').trim();
}

const NUMBER = {
  '.': /^[-+]?(\d+(\.\d*)?|\.\d+)(e[-+]?\d+)?$/i,
  ',': /^[-+]?(\d+(,\d*)?|,\d+)(e[-+]?\d+)?$/i,
};
export type DecimalMark = keyof typeof NUMBER;

/** What a cell counts; NaN where it is no number. */
export function cellNumber(cell: string, mark: DecimalMark): number {
  return NUMBER[mark].test(cell) ? Number(cell.replace(',', '.')) : Number.NaN;
}

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
  let start = 0;
  let isQuoted = false;
  for (let i = 0; i <= line.length; i++) {
    if (line[i] === '"') isQuoted = !isQuoted;
    if (i < line.length && (isQuoted || line[i] !== delimiter)) continue;
    cells.push(unquoted(line.slice(start, i)));
    start = i + 1;
  }
  return cells;
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

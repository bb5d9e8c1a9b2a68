type Cell = string | number;

/** A table in Markdown, padded so that it can be read in a terminal too. Numbers stand right. */
export function table(head: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const isNumeric = head.map((_, column) => rows.every((row) => isNumber(row[column])));
  const lines = [head, ...rows].map((row) => row.map(String));
  const widths = head.map((_, column) =>
    Math.max(3, ...lines.map((line) => line[column]?.length ?? 0)),
  );
  const pad = (text: string, column: number) => {
    const width = widths[column] ?? 0;
    return isNumeric[column] ? text.padStart(width) : text.padEnd(width);
  };
  const rule = widths.map((width, column) =>
    isNumeric[column] ? `${'-'.repeat(width - 1)}:` : '-'.repeat(width),
  );
  const [first = [], ...others] = lines.map((line) => line.map(pad));
  return [first, rule, ...others].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** Three digits that mean something, and no exponent. */
export function digits(value: number): string {
  return value >= 100 ? value.toFixed(0) : String(Number(value.toPrecision(3)));
}

/** Numbers, with a unit or without, and the dash in the place of one. */
function isNumber(cell: Cell | undefined): boolean {
  return typeof cell === 'number' || /^([\d.]+ ?%?|–)$/.test(cell ?? '–');
}

/** @typedef {string | number} Cell */

/**
 * A table in Markdown, padded so that it can be read in a terminal too. Numbers stand right.
 * @param {readonly string[]} head
 * @param {readonly (readonly Cell[])[]} rows
 */
export function table(head, rows) {
  const isNumeric = head.map((_, column) => rows.every((row) => isNumber(row[column])));
  const lines = [head, ...rows].map((row) =>
    row.map((cell) => String(cell).replaceAll('|', '\\|')),
  );
  const widths = head.map((_, column) =>
    Math.max(3, ...lines.map((line) => line[column]?.length ?? 0)),
  );
  const pad = (/** @type {string} */ text, /** @type {number} */ column) => {
    const width = widths[column] ?? 0;
    return isNumeric[column] ? text.padStart(width) : text.padEnd(width);
  };
  const rule = widths.map((width, column) =>
    isNumeric[column] ? `${'-'.repeat(width - 1)}:` : '-'.repeat(width),
  );
  const [first = [], ...others] = lines.map((line) => line.map(pad));
  return [first, rule, ...others].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** Three digits that mean something, and no exponent. @param {number} value */
export function digits(value) {
  return value >= 100 ? value.toFixed(0) : String(Number(value.toPrecision(3)));
}

/** @param {number | undefined} share */
export const percent = (share) => (share === undefined ? '–' : `${digits(100 * share)} %`);

/** @param {number | undefined} value */
export const digitsOr = (value) => (value === undefined ? '–' : digits(value));

/** Fastest, median and slowest in one cell. @param {import('./spread.mjs').Spread} spread */
export const range = ({ fastest, slowest }) => `${digits(fastest)} to ${digits(slowest)}`;

/** Numbers, with a unit or without, and the dash in the place of one. @param {Cell | undefined} cell */
function isNumber(cell) {
  return typeof cell === 'number' || /^([\d.]+ ?%?|–)$/.test(cell ?? '–');
}

/** What a spreadsheet works out instead of showing it, also behind spaces that it passes over. */
const FORMULA = /^\s*[=+\-@\t\r]./s;
const NUMBER = /^[+-]?\d+(\.\d*)?(e[+-]?\d+)?$/i;

/**
 * A name from outside as a cell of a CSV file: in quotes where it has to be (RFC 4180), and with an apostrophe
 * before what a spreadsheet would take for a formula. A number stays one, whatever its sign.
 */
export function textCell(text: string): string {
  const harmless = FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

import { at } from '../../util/assert.ts';

/** What stands before the rows. */
export interface Preamble {
  readonly lines: number;
  /** What Excel is told in the first line: `sep=;`. */
  readonly delimiter: string | undefined;
  /** `numpy.savetxt` writes the header as a comment. */
  readonly comment: string | undefined;
}

/** The most specific first: spaces may stand beside every other delimiter. */
export const DELIMITERS = ['\t', ';', '|', ',', ' '] as const;

export function preambleOf(lines: readonly string[]): Preamble {
  let [count, delimiter, comment] = [0, undefined, undefined] as [
    number,
    string | undefined,
    string | undefined,
  ];
  for (; count < lines.length; count++) {
    const line = at(lines, count).trim();
    const separator = /^"?sep=(.)"?$/i.exec(at(lines, count))?.[1];
    if (separator && count === 0) delimiter = separator;
    else if (/^[#%]/.test(line) && isComment(line)) comment = line.replace(/^[#%]+\s*/, '');
    else if (line !== '') break;
  }
  return { lines: count, delimiter, comment };
}

/** A class may be called `#`; a cell is what a delimiter ends. */
function isComment(line: string): boolean {
  return !/^[#%]\s*[,;|\t]/.test(line);
}

/** Which delimiters are possible: what Excel was told, else those that occur. */
export function delimitersOf({ delimiter }: Preamble, line: string): readonly string[] {
  if (delimiter !== undefined) return [delimiter];
  const found = DELIMITERS.filter((each) => line.includes(each));
  return found.length > 0 ? found : [','];
}

/** Some programs end every row with a delimiter. */
export function withoutTrailing(cells: readonly string[]): readonly string[] {
  return cells.length > 1 && cells.at(-1) === '' ? cells.slice(0, -1) : cells;
}

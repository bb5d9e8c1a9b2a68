import type { DatasetAssumption } from '../../domain/data/datasetAssumption.ts';
import type { CodePage } from '../../domain/data/readingChoices.ts';
import { escaped, likeliestCodePage, type NamingOptions } from '../archives/zipNames.ts';
import { decodeIn, strictUtf8 } from './codePage.ts';
import { textEncoding } from './textEncoding.ts';

/** What is decided of names and words, and who is told what is assumed. */
export interface TextContext {
  readonly choices: NamingOptions;
  readonly assume: (assumption: DatasetAssumption) => void;
}

/**
 * Words of a table. Excel saves CSV in the code page of the machine and does not say which: in Big5, read as
 * UTF-8, two classes would become one. A table is in UTF-8 where its bytes are, else in one code page for all
 * of it; no byte is lost either way.
 */
export class TableText {
  constructor(readonly codePage?: CodePage) {}

  decode(bytes: Uint8Array): string {
    if (this.codePage === undefined) return strictUtf8(bytes) ?? escaped(bytes);
    return decodeIn(this.codePage, bytes) ?? escaped(bytes);
  }
}

/** How the text of a file lies, as these rows of it show; that it is a guess is told. */
export function tableText(
  file: string,
  rows: Uint8Array,
  { choices, assume }: TextContext,
): TableText {
  if (strictUtf8(rows) !== undefined) return new TableText();
  const words = wordsOf(rows);
  const [first] = words;
  if (!first) return new TableText();
  const codePage = choices.codePage ?? likeliestCodePage(words, choices.language);
  const text = new TableText(codePage);
  const kind: DatasetAssumption['kind'] =
    choices.codePage === undefined ? 'codePage' : 'codePageByChoice';
  assume({ kind, file, codePage, example: text.decode(first) });
  return text;
}

/** Bytes below are no second half of a character in any code page: they part words. */
const LEAST_SECOND_BYTE = 0x30;
const SEMICOLON = 0x3b;

/** What stands between delimiters, where it is more than ASCII. */
function wordsOf(bytes: Uint8Array): Uint8Array[] {
  const words: Uint8Array[] = [];
  let [start, isWide] = [0, false];
  for (let i = 0; i <= bytes.length; i++) {
    const byte = bytes[i] ?? 0;
    if (byte > 127) isWide = true;
    if (byte >= LEAST_SECOND_BYTE && byte !== SEMICOLON) continue;
    if (isWide) words.push(bytes.subarray(start, i));
    [start, isWide] = [i + 1, false];
  }
  return words;
}

/** All of a small table. */
export function wholeText(file: string, bytes: Uint8Array, context: TextContext): string {
  const encoding = textEncoding(bytes.subarray(0, 2 ** 10));
  if (encoding && encoding !== 'utf-8') return new TextDecoder(encoding).decode(bytes);
  return tableText(file, bytes, context)
    .decode(bytes)
    .replace(/^\ufeff/, '');
}

import type { DatasetFile } from '../files/datasetFile.ts';
import { inBatches } from '../files/expandFiles.ts';
import { unknownFile } from '../files/unknownFile.ts';
import { DELIMITERS, preambleOf } from '../tables/csvPreamble.ts';
import { MOST_COLUMNS } from '../tables/labelTable.ts';
import { textOf } from '../text/textEncoding.ts';
import { withoutCopies } from './copies.ts';
import { fileKind } from './datasetKind.ts';
import type { ReadingContext } from './readingContext.ts';
import type { RecognisedFile, RecognisedKind } from './recognisedFile.ts';

const HEAD_BYTES = 4096;
/** Texts that people put beside data, to be read by people or by programs. */
const DOCUMENT =
  /[.](md|markdown|rst|json|ya?ml|toml|xml|html?|py|ipynb|r|m|sh|bat|log|ini|cfg|names|info|doc|tex|sha256|md5|sum)$/i;

/**
 * First stage of reading a data set: what each file is, by its content, every file once.
 */
export async function recognise(
  files: readonly DatasetFile[],
  context: Pick<ReadingContext, 'assume' | 'progress'>,
): Promise<RecognisedFile[]> {
  const kinds = await inBatches(files, kindOf, context.progress.advance);
  const recognised: RecognisedFile[] = [];
  for (const [i, file] of files.entries()) {
    const kind = kinds[i];
    const isAlone = kind === 'text' && files.length === 1;
    if (kind === undefined || isAlone) throw await unknownFile(file);
    recognised.push({ file, kind });
  }
  return withoutCopies(recognised, context);
}

/** All pixels of an image in one cell. */
const PACKED_PIXELS = /([\d.]+ +){16}/;

async function kindOf(file: DatasetFile): Promise<RecognisedKind | undefined> {
  const kind = await fileKind(file);
  if (kind !== 'CSV' && kind !== undefined) return kind;
  const head = await file.head(HEAD_BYTES);
  const text = textOf(head);
  if (text === undefined) return kind;
  if (DOCUMENT.test(file.name)) return 'text';
  const lines = text.split(/[\r\n]+/);
  const [line = '', next = ''] = lines.slice(preambleOf(lines).lines);
  const isWhole = line.length < text.length || file.likelyBytes <= HEAD_BYTES;
  const cells = Math.max(...DELIMITERS.map((each) => line.split(each).length));
  const isSmall = isWhole && cells <= MOST_COLUMNS && !PACKED_PIXELS.test(next);
  return isSmall && isTable(file, text) ? 'table' : kind;
}

/** A file of one column is one by its name, or by having numbers alone. */
function isTable({ name }: DatasetFile, text: string): boolean {
  return /[.](csv|tsv|txt|dat|data|lst)([.]gz)?$/i.test(name) || /^[\d\s.]+$/.test(text);
}

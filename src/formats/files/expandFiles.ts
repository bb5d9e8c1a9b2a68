import { MOST_LISTED_FILES } from '../../domain/data/dataset.ts';
import { foreignZip } from '../../domain/data/foreignFile.ts';
import type { Advance } from '../../util/steps.ts';
import { isGzip } from '../archives/gzip.ts';
import { isTar, readTar, TAR_BLOCK_BYTES } from '../archives/tar.ts';
import { isZip, openZip } from '../archives/zip.ts';
import type { NamingOptions } from '../archives/zipNames.ts';
import type { ReadingContext } from '../dataset/readingContext.ts';
import { Budget, MOST_ARCHIVE_BYTES } from './budget.ts';
import {
  blobFile,
  type DatasetFile,
  gunzippedFile,
  memoryFile,
  type NamedBlob,
  zipEntryFile,
} from './datasetFile.ts';
import { PassedOver } from './passedOver.ts';
import { foreignFile } from './unknownFile.ts';

/** An archive may hold others: Kaggle puts data sets that are one already into another. */
export const MAX_DEPTH = 2;

export interface Expanding {
  /** Awaited between archives; ends the work where it throws. */
  readonly pause?: Advance;
  readonly naming?: NamingOptions;
  readonly assume?: ReadingContext['assume'];
}

/** What every archive of one gesture is opened with. */
interface Opening extends Required<Expanding> {
  readonly budget: Budget;
  readonly beside: PassedOver;
}

/** Files as they are to be read: what zip, tar and gzip files hold instead of these. */
export async function expandFiles(
  blobs: readonly NamedBlob[],
  { pause = async () => undefined, naming = {}, assume = () => undefined }: Expanding = {},
): Promise<DatasetFile[]> {
  const beside = new PassedOver();
  const opening = { pause, naming, assume, beside, budget: new Budget() };
  const files = blobs.filter(({ name }) => !beside.passes(name)).map(blobFile);
  const [first] = files;
  if (first) opening.budget.takeEntries(first.name, files.length, 0);
  const expanded = await expandAll(files, MAX_DEPTH, opening);
  beside.tell(assume);
  return expanded;
}

/** Looks at all of them at once, and into the archives among them one after another. */
async function expandAll(
  files: readonly DatasetFile[],
  depth: number,
  opening: Opening,
): Promise<DatasetFile[]> {
  const heads = await inBatches(files, (file) => file.head(TAR_BLOCK_BYTES), opening.pause);
  const expanded: DatasetFile[] = [];
  for (const [i, packed] of files.entries()) {
    let head = heads[i] ?? new Uint8Array(0);
    let file = packed;
    if (isGzip(head)) {
      file = await gunzippedFile(packed);
      head = await file.head(TAR_BLOCK_BYTES);
    }
    const entries = depth > 0 ? await entriesOf(file, head, opening) : undefined;
    if (!entries) expanded.push(file);
    else for (const each of await expandAll(entries, depth - 1, opening)) expanded.push(each);
  }
  return expanded;
}

/** What an archive holds; undefined where it is none. */
async function entriesOf(
  file: DatasetFile,
  head: Uint8Array,
  opening: Opening,
): Promise<DatasetFile[] | undefined> {
  if (isZip(head)) return zipEntriesOf(file, opening);
  return isTar(head) ? tarEntriesOf(file, opening) : undefined;
}

async function tarEntriesOf(
  file: DatasetFile,
  { budget, pause, beside }: Opening,
): Promise<DatasetFile[]> {
  budget.takeArchive(file.name, file.likelyBytes);
  const bytes = await file.bytes(MOST_ARCHIVE_BYTES, pause);
  budget.takeArchiveBytes(file.name, Math.max(0, bytes.length - file.likelyBytes));
  const all = readTar(file.name, bytes, MOST_LISTED_FILES);
  const entries = all.filter(({ name }) => !beside.passes(name));
  budget.takeEntries(file.name, entries.length, bytes.length);
  await pause(0);
  return entries.map((entry) => memoryFile(`${file.name}/${entry.name}`, entry.bytes));
}

async function zipEntriesOf(
  file: DatasetFile,
  { budget, pause, naming, assume, beside }: Opening,
): Promise<DatasetFile[]> {
  budget.takeArchive(file.name, file.mostBytes);
  const bytes = await file.bytes(MOST_ARCHIVE_BYTES, pause);
  const archive = openZip(file.name, bytes, MOST_LISTED_FILES, naming);
  const { codePage, example = '' } = archive;
  if (codePage) {
    const kind = naming.codePage ? 'codePageByChoice' : 'codePage';
    assume({ kind, file: file.name, codePage, example });
  }
  const foreign = foreignZip(archive.names);
  if (foreign) throw foreignFile(file.name, foreign);
  const names = archive.names.filter((name) => !/[/\\]$/.test(name) && !beside.passes(name));
  const unpacked = names.reduce((sum, name) => sum + archive.mostBytes(name), 0);
  budget.takeEntries(file.name, names.length, unpacked);
  await pause(0);
  return names.map((name) => zipEntryFile(file.name, archive, name));
}

const BATCH = 256;

/** Some at a time, for reading the beginnings of 70,000 files one by one takes long. */
export async function inBatches<T, R>(
  items: readonly T[],
  work: (item: T) => Promise<R>,
  pause: Advance = async () => undefined,
): Promise<R[]> {
  const results: R[] = [];
  for (let start = 0; start < items.length; start += BATCH) {
    results.push(...(await Promise.all(items.slice(start, start + BATCH).map(work))));
    await pause(0);
  }
  return results;
}

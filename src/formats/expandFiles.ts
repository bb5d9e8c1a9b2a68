import { MOST_LISTED_FILES } from '../domain/dataset.ts';
import { Budget, MOST_ARCHIVE_BYTES } from './budget.ts';
import {
  type Advance,
  blobFile,
  type DatasetFile,
  gunzippedFile,
  type NamedBlob,
  zipEntryFile,
} from './datasetFile.ts';
import { isGzip } from './gzip.ts';
import { isZip, openZip } from './zip.ts';

const MAGIC_BYTES = 4;
/** A zip file may hold others: Kaggle puts data sets that are one already into another. */
export const MAX_DEPTH = 2;
/** What systems and sites leave beside data; none of it is a part of a data set. */
const BESIDE =
  /(^|[/\\])([.][^/\\]*|__MACOSX[/\\].*|Thumbs[.]db|desktop[.]ini|sample_?submission[.]csv|(readme|licen[cs]e)([.][a-z]+)?)$/i;

/**
 * Files as they are to be read: what zip and gzip files hold instead of these.
 * @param pause awaited between archives; ends the work where it throws
 */
export async function expandFiles(
  blobs: readonly NamedBlob[],
  pause: Advance = async () => undefined,
): Promise<DatasetFile[]> {
  const files = blobs.filter(({ name }) => !BESIDE.test(name)).map(blobFile);
  const budget = new Budget();
  const [first] = files;
  if (first) budget.takeEntries(first.name, files.length, 0);
  return expandAll(files, MAX_DEPTH, budget, pause);
}

/** Looks at all of them at once, and into the archives among them one after another. */
async function expandAll(
  files: readonly DatasetFile[],
  depth: number,
  budget: Budget,
  pause: Advance,
): Promise<DatasetFile[]> {
  const magics = await inBatches(files, (file) => file.head(MAGIC_BYTES), pause);
  const expanded: DatasetFile[] = [];
  for (const [i, file] of files.entries()) {
    const magic = magics[i] ?? new Uint8Array(0);
    if (isGzip(magic)) expanded.push(await gunzippedFile(file));
    else if (!isZip(magic) || depth === 0) expanded.push(file);
    else {
      const inner = await entriesOf(file, budget, pause);
      for (const each of await expandAll(inner, depth - 1, budget, pause)) expanded.push(each);
    }
  }
  return expanded;
}

async function entriesOf(
  file: DatasetFile,
  budget: Budget,
  pause: Advance,
): Promise<DatasetFile[]> {
  budget.takeArchive(file.name, file.mostBytes);
  const bytes = await file.bytes(MOST_ARCHIVE_BYTES, pause);
  const archive = openZip(file.name, bytes, MOST_LISTED_FILES);
  const names = archive.names.filter((name) => !name.endsWith('/') && !BESIDE.test(name));
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

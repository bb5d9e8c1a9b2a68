import { MAX_PIXEL_BYTES } from '../domain/dataset.ts';
import { WorkbenchError } from '../util/errors.ts';
import {
  blobFile,
  type DatasetFile,
  gunzippedFile,
  type NamedBlob,
  zipEntryFile,
} from './datasetFile.ts';
import { isGzip } from './gzip.ts';
import { isZip, openZip } from './zip.ts';

const MAGIC_BYTES = 4;
/** MNIST has 70,000 pictures. */
const MAX_ENTRIES = 2 ** 17;
/** A zip file may hold others: Kaggle puts data sets that are one already into another. */
const MAX_DEPTH = 2;
/** What systems and sites leave beside data; none of it is a part of a data set. */
const BESIDE =
  /(^|[/\\])([.][^/\\]*|__MACOSX[/\\].*|Thumbs[.]db|desktop[.]ini|sample_?submission[.]csv|(readme|licen[cs]e)([.][a-z]+)?)$/i;

/** Files as they are to be read: what zip and gzip files hold instead of these. */
export async function expandFiles(blobs: readonly NamedBlob[]): Promise<DatasetFile[]> {
  const files = blobs.filter(({ name }) => !BESIDE.test(name)).map(blobFile);
  const expanded = await inBatches(files, (file) => expand(file, MAX_DEPTH));
  return expanded.flat();
}

async function expand(file: DatasetFile, depth: number): Promise<DatasetFile[]> {
  const magic = await file.head(MAGIC_BYTES);
  if (isGzip(magic)) return [await gunzippedFile(file)];
  if (!isZip(magic) || depth === 0) return [file];
  const archive = openZip(file.name, await file.bytes(MAX_PIXEL_BYTES), MAX_ENTRIES);
  const names = archive.names.filter((name) => !name.endsWith('/') && !BESIDE.test(name));
  refuseTotal(
    file.name,
    names.reduce((sum, name) => sum + archive.mostBytes(name), 0),
  );
  const entries = names.map((name) => zipEntryFile(file.name, archive, name));
  return (await inBatches(entries, (entry) => expand(entry, depth - 1))).flat();
}

/** Of text there may be four bytes for one of pixels: three digits and a comma. */
function refuseTotal(file: string, bytes: number): void {
  const limit = 4 * MAX_PIXEL_BYTES;
  if (bytes > limit) throw new WorkbenchError('dataset.tooLarge', { file, bytes, limit });
}

const BATCH = 256;

/** Some at a time, for reading the beginnings of 70,000 files one by one takes long. */
export async function inBatches<T, R>(
  items: readonly T[],
  work: (item: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  for (let start = 0; start < items.length; start += BATCH) {
    results.push(...(await Promise.all(items.slice(start, start + BATCH).map(work))));
  }
  return results;
}

import * as v from 'valibot';
import { type Phrase, WorkbenchError } from '../../util/errors.ts';
import { together } from '../../util/together.ts';
import { openTransfer } from './transfer.ts';

const ManifestSchema = v.object({
  files: v.array(v.object({ name: v.string(), path: v.string(), bytes: v.number() })),
});

/** Streams the four gzipped IDX files that the site serves under mnist/, and inflates them. */
export async function downloadMnist(
  siteUrl: string,
  onProgress: (loadedBytes: number, totalBytes: number) => void,
  cancel: AbortSignal,
): Promise<{ name: string; bytes: Uint8Array }[]> {
  const folder = new URL('mnist/', siteUrl);
  const files = await manifestFiles(new URL('manifest.json', folder), cancel);
  const totalBytes = files.reduce((total, { bytes }) => total + bytes, 0);
  let loadedBytes = 0;
  const count = (bytes: number) => {
    loadedBytes += bytes;
    onProgress(loadedBytes, totalBytes);
  };
  onProgress(0, totalBytes);
  const tasks = files.map(({ name, path }) => async (own: AbortSignal) => {
    const url = new URL(path, folder);
    const bytes = await transferred(url, own, (response, note) =>
      inflated(response, url, (read) => {
        note();
        count(read);
      }),
    );
    return { name, bytes };
  });
  return together(cancel, tasks);
}

/** A host may answer with a page of its own, and call it found. */
async function manifestFiles(url: URL, cancel: AbortSignal) {
  const json = await transferred(url, cancel, (response) => response.json());
  const manifest = v.safeParse(ManifestSchema, json);
  if (!manifest.success) throw unreachable(url, v.summarize(manifest.issues));
  return manifest.output.files;
}

/** What `read` makes of the answer; `note` is to be called while it comes. */
async function transferred<T>(
  url: URL,
  cancel: AbortSignal,
  read: (response: Response, note: () => void) => Promise<T>,
): Promise<T> {
  const transfer = openTransfer(cancel);
  try {
    const response = await fetch(url, { signal: transfer.signal });
    if (!response.ok) throw unreachable(url, response.status);
    return await read(response, transfer.noteBytes);
  } catch (error) {
    if (cancel.aborted) throw new WorkbenchError('dataset.cancelled');
    if (transfer.stall) throw unreachable(url, transfer.stall);
    if (error instanceof WorkbenchError) throw error;
    throw unreachable(url, error instanceof Error ? error.message : String(error));
  } finally {
    transfer.close();
  }
}

function unreachable(url: URL, status: string | number | Phrase): WorkbenchError {
  return new WorkbenchError('dataset.unreachable', { url: url.pathname, status });
}

async function inflated(
  response: Response,
  url: URL,
  onBytes: (bytes: number) => void,
): Promise<Uint8Array> {
  const counter = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    transform(chunk, controller) {
      onBytes(chunk.byteLength);
      controller.enqueue(chunk);
    },
  });
  const body = response.body ?? new Blob().stream();
  const counted = body.pipeThrough(counter);
  // Some servers declare .gz files as encoded; then the browser has inflated them already.
  const isInflated = response.headers.get('Content-Encoding') === 'gzip';
  const stream = isInflated ? counted : counted.pipeThrough(new DecompressionStream('gzip'));
  try {
    return new Uint8Array(await new Response(stream).arrayBuffer());
  } catch {
    throw new WorkbenchError('gzip.corrupt', { file: url.pathname });
  }
}

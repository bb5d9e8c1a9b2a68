import * as v from 'valibot';
import { WorkbenchError } from '../util/errors.ts';

const ManifestSchema = v.object({
  files: v.array(v.object({ name: v.string(), path: v.string(), bytes: v.number() })),
});

/** Streams the four gzipped IDX files that the site serves under mnist/, and inflates them. */
export async function downloadMnist(
  siteUrl: string,
  onProgress: (loadedBytes: number, totalBytes: number) => void,
  signal?: AbortSignal,
): Promise<{ name: string; bytes: Uint8Array }[]> {
  const folder = new URL('mnist/', siteUrl);
  const manifestUrl = new URL('manifest.json', folder);
  const manifest = v.safeParse(ManifestSchema, await (await get(manifestUrl, signal)).json());
  if (!manifest.success) {
    const status = v.summarize(manifest.issues);
    throw new WorkbenchError('dataset.unreachable', { url: manifestUrl.pathname, status });
  }
  const { files } = manifest.output;
  const totalBytes = files.reduce((total, { bytes }) => total + bytes, 0);
  let loadedBytes = 0;
  const count = (bytes: number) => {
    loadedBytes += bytes;
    onProgress(loadedBytes, totalBytes);
  };
  onProgress(0, totalBytes);
  return Promise.all(
    files.map(async ({ name, path }) => {
      const url = new URL(path, folder);
      return { name, bytes: await inflated(await get(url, signal), url, count, signal) };
    }),
  );
}

async function get(url: URL, signal: AbortSignal | undefined): Promise<Response> {
  const unreachable = (status: string | number) =>
    new WorkbenchError('dataset.unreachable', { url: url.pathname, status });
  const response = await fetch(url, { signal: signal ?? null }).catch((error: Error) => {
    refuseIfCancelled(signal);
    throw unreachable(error.message);
  });
  if (!response.ok) throw unreachable(response.status);
  return response;
}

async function inflated(
  response: Response,
  url: URL,
  onBytes: (bytes: number) => void,
  signal: AbortSignal | undefined,
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
    refuseIfCancelled(signal);
    throw new WorkbenchError('gzip.corrupt', { file: url.pathname });
  }
}

function refuseIfCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new WorkbenchError('dataset.cancelled');
}

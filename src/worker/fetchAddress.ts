import { MAX_PIXEL_BYTES } from '../domain/dataset.ts';
import type { NamedBlob } from '../formats/datasetFile.ts';
import { WorkbenchError } from '../util/errors.ts';

/**
 * Asks another origin for a file: the one place that does, and only for an address that the user typed
 * or agreed to. It sends no cookies and does not say where it comes from.
 */
export async function fetchAddress(
  address: string,
  onBytes: (bytes: number) => void,
  signal: AbortSignal,
): Promise<NamedBlob> {
  if (!navigator.onLine) throw new WorkbenchError('dataset.offline', { url: address });
  const failed = (problem: string) =>
    new WorkbenchError('dataset.notFetched', { url: address, problem });
  try {
    const response = await fetch(address, {
      ...({ mode: 'cors', credentials: 'omit', referrerPolicy: 'no-referrer' } as const),
      signal,
    });
    if (!response.ok) throw failed(`HTTP ${response.status}`);
    return { name: fileName(address), blob: await received(response, address, onBytes) };
  } catch (error) {
    if (signal.aborted) throw new WorkbenchError('dataset.cancelled');
    if (error instanceof WorkbenchError) throw error;
    throw failed(error instanceof Error ? error.message : String(error));
  }
}

async function received(
  response: Response,
  file: string,
  onBytes: (bytes: number) => void,
): Promise<Blob> {
  const limit = MAX_PIXEL_BYTES;
  let bytes = 0;
  const counter = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    transform(chunk, controller) {
      bytes += chunk.byteLength;
      if (bytes > limit) throw new WorkbenchError('dataset.tooLarge', { file, bytes, limit });
      onBytes(chunk.byteLength);
      controller.enqueue(chunk);
    },
  });
  const body = response.body ?? new Blob().stream();
  return new Response(body.pipeThrough(counter)).blob();
}

/** The last part of the path, as a browser names what it downloads. */
function fileName(address: string): string {
  const { pathname, host } = new URL(address);
  const last = pathname.split('/').at(-1) ?? '';
  try {
    return decodeURIComponent(last) || host;
  } catch {
    return last;
  }
}

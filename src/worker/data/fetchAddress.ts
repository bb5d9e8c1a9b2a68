import { MAX_PIXEL_BYTES } from '../../domain/data/dataset.ts';
import type { NamedBlob } from '../../formats/files/datasetFile.ts';
import { type Phrase, WorkbenchError } from '../../util/errors.ts';
import { openTransfer } from './transfer.ts';

/**
 * Asks another origin for a file: the one place that does, and only for an address that the user typed
 * or agreed to. It sends no cookies and does not say where it comes from.
 */
export async function fetchAddress(
  address: string,
  onBytes: (bytes: number) => void,
  cancel: AbortSignal,
  limit = MAX_PIXEL_BYTES,
): Promise<NamedBlob> {
  if (!navigator.onLine) throw new WorkbenchError('dataset.offline', { url: address });
  const failed = (problem: string | Phrase) =>
    new WorkbenchError('dataset.notFetched', { url: address, problem });
  const transfer = openTransfer(cancel);
  try {
    const response = await fetch(address, {
      ...({ mode: 'cors', credentials: 'omit', referrerPolicy: 'no-referrer' } as const),
      signal: transfer.signal,
    });
    if (!response.ok) throw failed(`HTTP ${response.status}`);
    const blob = await received(response, address, limit, (bytes) => {
      transfer.noteBytes();
      onBytes(bytes);
    });
    return { name: fileName(address), blob };
  } catch (error) {
    if (cancel.aborted) throw new WorkbenchError('dataset.cancelled');
    if (error instanceof WorkbenchError) throw error;
    throw failed(transfer.stall ?? (error instanceof Error ? error.message : String(error)));
  } finally {
    transfer.close();
  }
}

/** Of a file that is too large the rest is not asked for. */
async function received(
  response: Response,
  file: string,
  limit: number,
  onBytes: (bytes: number) => void,
): Promise<Blob> {
  let bytes = 0;
  let refusal: WorkbenchError | undefined;
  const counter = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    transform(chunk, controller) {
      bytes += chunk.byteLength;
      if (bytes > limit) {
        // What reads the stream does not pass on why it failed.
        refusal = new WorkbenchError('dataset.tooLarge', { file, bytes, limit });
        throw refusal;
      }
      onBytes(chunk.byteLength);
      controller.enqueue(chunk);
    },
  });
  const body = response.body ?? new Blob().stream();
  return new Response(body.pipeThrough(counter)).blob().catch((error: unknown) => {
    throw refusal ?? error;
  });
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

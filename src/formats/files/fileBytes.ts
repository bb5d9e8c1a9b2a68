import { WorkbenchError } from '../../util/errors.ts';

/**
 * What a file holds, or a part of it. The browser refuses a folder that was dropped, and a file that
 * was deleted or written to since it was chosen.
 */
export async function fileBytes(name: string, content: Blob): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(await content.arrayBuffer());
  } catch {
    throw new WorkbenchError('dataset.unreadable', { file: name });
  }
}

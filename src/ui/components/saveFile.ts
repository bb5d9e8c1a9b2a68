import type { ExportedFile } from '../../protocol/protocol.ts';

/** Hands a file to the browser as a download. */
export function saveFile({ name, mimeType, bytes }: ExportedFile): void {
  saveBlob(name, new Blob([bytes], { type: mimeType }));
}

/** The download has its own hold on the file once it has begun; some browsers ask the user before that. */
const HELD_MS = 5 * 60_000;

export function saveBlob(name: string, blob: Blob): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), HELD_MS);
}

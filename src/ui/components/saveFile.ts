import type { ExportedFile } from '../../protocol/protocol.ts';

/** Hands a file to the browser as a download. */
export function saveFile({ name, mimeType, bytes }: ExportedFile): void {
  saveBlob(name, new Blob([bytes], { type: mimeType }));
}

export function saveBlob(name: string, blob: Blob): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The download has its own hold on the blob once it has begun.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

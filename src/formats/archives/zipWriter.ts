import { Zip, ZipDeflate, ZipPassThrough } from 'fflate';
import type { ZipContent } from './zip.ts';

/**
 * A zip file that grows entry by entry. What is written moves into blobs, which the browser keeps on
 * disk where they are large, so that memory holds one entry at a time. Without zip64: see the limit.
 */

/** Places in the file are 32-bit numbers, with some room for the directory at the end. */
export const MAX_ZIP_BYTES = 2 ** 32 - 2 ** 22;

export class ZipWriter {
  private readonly parts: Blob[] = [];
  private readonly zip = new Zip((error, piece) => {
    if (error) throw error;
    this.parts.push(new Blob([piece as Uint8Array<ArrayBuffer>]));
  });

  add({ name, bytes, deflate }: ZipContent): void {
    const entry = deflate ? new ZipDeflate(name, { level: 6 }) : new ZipPassThrough(name);
    this.zip.add(entry);
    entry.push(bytes, true);
  }

  finish(): Blob {
    this.zip.end();
    return new Blob(this.parts, { type: 'application/zip' });
  }
}

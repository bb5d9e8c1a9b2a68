import { readDataset } from '../../src/formats/dataset/readDataset.ts';

/** The file to read, or the time at which this was sent, on the clock of the whole browser. */
export type FromPage = File | number;

export interface CsvReading {
  readonly images: number;
  readonly pixelBytes: number;
  readonly readMs: number;
  /** The longest time that another message waited meanwhile. */
  readonly longestWaitMs: number;
  /** SHA-256 of the pixels. */
  readonly hash: string;
}

let longestWaitMs = 0;
let isReading = false;

self.addEventListener('message', ({ data }: MessageEvent<FromPage>) => {
  if (data instanceof File) void read(data);
  else if (isReading) {
    longestWaitMs = Math.max(longestWaitMs, performance.timeOrigin + performance.now() - data);
  }
});

async function read(file: File): Promise<void> {
  isReading = true;
  const startMs = performance.now();
  const { train } = await readDataset([{ name: file.name, blob: file }]);
  const readMs = performance.now() - startMs;
  isReading = false;
  const digest = await crypto.subtle.digest('SHA-256', train.pixels as Uint8Array<ArrayBuffer>);
  const hash = Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0'));
  const reading: CsvReading = {
    ...{ images: train.count, pixelBytes: train.pixels.length, readMs, longestWaitMs },
    hash: hash.join(''),
  };
  self.postMessage(reading);
}

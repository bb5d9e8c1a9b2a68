import { cdp } from 'vitest/browser';

interface Devtools {
  send(method: 'HeapProfiler.collectGarbage'): Promise<unknown>;
  send(method: 'Runtime.getHeapUsage'): Promise<{ usedSize: number; backingStorageSize?: number }>;
}

export interface HeapUse {
  /** Bytes of JavaScript's objects. */
  readonly objects: number;
  /** Bytes of array buffers, which lie beside them. */
  readonly buffers: number;
}

/** What something holds of the JavaScript heap: nothing that is only still to be collected. */
export async function heapUse(): Promise<HeapUse> {
  const devtools = cdp() as unknown as Devtools;
  // What one collection frees may have kept something else.
  for (let i = 0; i < 3; i++) await devtools.send('HeapProfiler.collectGarbage');
  const { usedSize, backingStorageSize } = await devtools.send('Runtime.getHeapUsage');
  if (backingStorageSize === undefined) throw new Error('this browser does not tell of buffers');
  return { objects: usedSize, buffers: backingStorageSize };
}

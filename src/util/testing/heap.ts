import { cdp } from 'vitest/browser';

interface Devtools {
  send(method: 'HeapProfiler.collectGarbage'): Promise<unknown>;
  send(method: 'Runtime.getHeapUsage'): Promise<{ usedSize: number }>;
}

/** Of the JavaScript heap what something holds: nothing that is only still to be collected. */
export async function heapBytes(): Promise<number> {
  const devtools = cdp() as unknown as Devtools;
  // What one collection frees may have kept something else.
  for (let i = 0; i < 3; i++) await devtools.send('HeapProfiler.collectGarbage');
  return (await devtools.send('Runtime.getHeapUsage')).usedSize;
}

import kernelsUrl from './generated/kernels.wasm?url';
import sharedKernelsUrl from './generated/kernels-shared.wasm?url';

/** Twenty kilobytes: whoever gets them no sooner gets them never. */
const MOST_MS = 60_000;

/** The SIMD kernels as a module for a memory of one thread, or for one that threads share. */
export async function fetchKernels(memory: 'own' | 'shared'): Promise<WebAssembly.Module> {
  const signal = AbortSignal.timeout(MOST_MS);
  const response = await fetch(memory === 'shared' ? sharedKernelsUrl : kernelsUrl, { signal });
  return WebAssembly.compile(await response.arrayBuffer());
}

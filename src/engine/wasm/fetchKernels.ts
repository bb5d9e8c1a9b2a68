import kernelsUrl from './generated/kernels.wasm?url';
import sharedKernelsUrl from './generated/kernels-shared.wasm?url';

/** The SIMD kernels as a module for a memory of one thread, or for one that threads share. */
export async function fetchKernels(memory: 'own' | 'shared'): Promise<WebAssembly.Module> {
  const response = await fetch(memory === 'shared' ? sharedKernelsUrl : kernelsUrl);
  return WebAssembly.compile(await response.arrayBuffer());
}

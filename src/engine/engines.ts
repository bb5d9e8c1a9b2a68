import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import plainWasmUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url';
import simdWasmUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import type {
  AdapterReport,
  EngineChoice,
  EngineName,
  EngineReason,
  EngineReport,
} from '../domain/engineReport.ts';
import { WorkbenchError } from '../util/errors.ts';
import { hasWebgpu, probeAdapter } from './adapter.ts';
import { closeWebgpu, type FaultListener, registerWebgpu } from './device.ts';
import { tf } from './tf.ts';
import { fetchKernels } from './wasm/fetchKernels.ts';
import { registerWasmKernels } from './wasm/registerWasmKernels.ts';

/**
 * Which engine a choice means on this machine. `auto` takes the GPU where a real one answers, and
 * else WebAssembly, which beats a GPU played by the processor by far.
 */
export function chooseEngine(
  choice: EngineChoice,
  adapter: AdapterReport | undefined,
  webgpuThere: boolean,
): { name: EngineName; reason: EngineReason } {
  if (choice !== 'auto') return { name: choice, reason: 'chosen' };
  if (!webgpuThere) return { name: 'wasm', reason: 'noWebgpu' };
  if (!adapter) return { name: 'wasm', reason: 'noAdapter' };
  return adapter.software
    ? { name: 'wasm', reason: 'softwareAdapter' }
    : { name: 'webgpu', reason: 'hardwareAdapter' };
}

/**
 * Starts the engine that `choice` means and makes it tfjs's current one, or throws
 * `engine.unavailable`: a choice is never changed silently. Another engine may follow in the same
 * session; the one before then ends, with the tensors on it: moving them is the caller's part. Where
 * the other does not start, the one before runs on.
 *
 * `onFault` hears of all that goes wrong on the GPU later, outside of any call.
 */
export async function startEngine(
  choice: EngineChoice,
  onFault: FaultListener,
): Promise<EngineReport> {
  const adapter = await probeAdapter();
  const chosen = chooseEngine(choice, adapter, hasWebgpu());
  try {
    await prepare(chosen.name, onFault);
    if (!(await tf.setBackend(chosen.name))) throw new Error(WHY_NOT[chosen.name]);
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    throw new WorkbenchError('engine.unavailable', { engine: chosen.name, problem });
  }
  if (running !== chosen.name) end(running);
  running = chosen.name;
  return adapter ? { ...chosen, adapter } : chosen;
}

let running: EngineName | undefined;

/** Frees the memory of an engine that ran; it can be started anew. */
function end(name: EngineName | undefined): void {
  if (name === 'webgpu') closeWebgpu();
  else if (name) {
    const factory = tf.findBackendFactory(name);
    tf.removeBackend(name);
    tf.registerBackend(name, factory);
  }
}

/** What a start that fails without a reason mostly means. */
const WHY_NOT: Record<EngineName, string> = {
  webgpu: 'the device did not open',
  wasm: 'its WebAssembly file did not load',
  webgl: 'WebGL is switched off or missing',
  cpu: 'it did not start',
};

async function prepare(name: EngineName, onFault: FaultListener): Promise<void> {
  if (name === 'webgpu') {
    if (!hasWebgpu()) throw new Error('this browser has no WebGPU');
    await registerWebgpu(onFault);
  }
  if (name === 'wasm') await prepareWasm();
}

let wasmPrepared = false;

async function prepareWasm(): Promise<void> {
  if (wasmPrepared) return;
  registerWasmKernels(await fetchKernels('own'));
  // The published threaded build loads and then uses one thread, and would need workers made of
  // blobs, which the page's Content Security Policy forbids.
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  setWasmPaths({
    'tfjs-backend-wasm.wasm': plainWasmUrl,
    'tfjs-backend-wasm-simd.wasm': simdWasmUrl,
    'tfjs-backend-wasm-threaded-simd.wasm': simdWasmUrl,
  });
  wasmPrepared = true;
}

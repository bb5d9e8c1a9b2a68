import type {
  AdapterReport,
  EngineChoice,
  EngineName,
  EngineReason,
  EngineReport,
} from '../domain/machine/engineReport.ts';
import { assert } from '../util/assert.ts';
import { WorkbenchError } from '../util/errors.ts';
import { hasWebgpu, noAdapter, probeAdapter } from './adapter.ts';
import { closeWebgpu, type FaultListener, openWebgpu } from './device.ts';
import { fetchKernels } from './wasm/fetchKernels.ts';

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

/** The same, asked of this machine; an adapter that is silent is waited for, so that once is enough. */
export async function engineMeant(choice: EngineChoice): Promise<EngineReport> {
  const adapter = await probeAdapter();
  const chosen = chooseEngine(choice, adapter, hasWebgpu());
  return adapter ? { ...chosen, adapter } : chosen;
}

/** Why an engine is not there. */
export function engineUnavailable(engine: EngineName, error: unknown): WorkbenchError {
  const problem = error instanceof Error ? error.message : String(error);
  return new WorkbenchError('engine.unavailable', { engine, problem });
}

/**
 * Starts the engine that `choice` means, asked now or as `engineMeant` gave it, or throws `engine.unavailable`: a choice is never changed
 * silently. Another engine may follow in the same session; the one before then ends, with all that it
 * holds: moving that is the caller's part. Where the other does not start, the one before runs on.
 *
 * `onFault` hears of all that goes wrong on the GPU later, outside of any call.
 */
export async function startEngine(
  choice: EngineChoice | EngineReport,
  onFault: FaultListener,
): Promise<EngineReport> {
  const meant = typeof choice === 'string' ? await engineMeant(choice) : choice;
  try {
    await start(meant, onFault);
  } catch (error) {
    throw engineUnavailable(meant.name, error);
  }
  const before = running;
  running = meant.name;
  if (before !== undefined && before !== running) await end(before);
  if (!usesDevice(running)) closeWebgpu();
  return meant;
}

let running: EngineName | undefined;

/** For whoever computes something on it. */
export function engineInUse(): EngineName {
  assert(running, 'an engine has started');
  return running;
}

const usesDevice = (name: EngineName): boolean => name === 'webgpu' || name === 'tfjs';

/** TensorFlow.js arrives when it is asked for. */
const tfjs = () => import('./tfjs/start.ts');

async function start({ name, adapter }: EngineReport, onFault: FaultListener): Promise<void> {
  if (usesDevice(name) && !hasWebgpu()) throw new Error('this browser has no WebGPU');
  // One that has just not answered would only be waited for again.
  if (usesDevice(name) && !adapter) throw noAdapter();
  if (name === 'webgpu') await openWebgpu(onFault);
  // Whether it can be had shows here, and not when the first step is made.
  else if (name === 'wasm') await fetchKernels('own');
  else await (await tfjs()).startTfjs(name, onFault);
}

async function end(name: EngineName): Promise<void> {
  if (name === 'tfjs' || name === 'webgl' || name === 'cpu') (await tfjs()).endTfjs(name);
}

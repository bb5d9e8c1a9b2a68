import type { EngineName } from '../domain/machine/engineReport.ts';
import { engineInUse } from '../engine/engines.ts';
import type { Backend } from './backend.ts';

/** The one place where training asks which engine runs. */

/** Each arrives when it is wanted: TensorFlow.js is many times what the others are. */
const compiled = async () => (await import('./compiled/compiledBackend.ts')).compiledBackend;
const threaded = async () => (await import('./threaded/threadedBackend.ts')).threadedBackend;
const tape = async () => (await import('./tape/tapeBackend.ts')).tapeBackend;

const backends: Readonly<Record<EngineName, () => Promise<Backend>>> = {
  ...{ webgpu: compiled, wasm: threaded },
  ...{ tfjs: tape, webgl: tape, cpu: tape },
};

/** That of an engine, once it has arrived. */
export const backendOf = (engine: EngineName): Promise<Backend> => backends[engine]();

/** That of the engine in use. */
export const backendInUse = (): Promise<Backend> => backendOf(engineInUse());

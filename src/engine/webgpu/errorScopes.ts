import { gpuAnswers } from './gpuAnswers.ts';

/** What WebGPU says of a piece of work, heard by whoever did it, and not by the device's listener. */

/** What may be wrong with work that is too much for a device, or that it does not take. */
export const everyFault: readonly GPUErrorFilter[] = ['validation', 'out-of-memory', 'internal'];

export interface Scoped<T> {
  readonly result: T;
  /** The first error; null where there was none. Never rejects: a lost or silent device says nothing. */
  readonly said: Promise<GPUError | null>;
}

/**
 * Does `work` within scopes that are closed again whatever happens. One left open would swallow what
 * the device says from then on.
 */
export function inScopes<T>(
  device: GPUDevice,
  faults: readonly GPUErrorFilter[],
  work: () => T,
): Scoped<T> {
  for (const fault of faults) device.pushErrorScope(fault);
  const close = () =>
    gpuAnswers(device, Promise.all(faults.map(() => device.popErrorScope()))).then(
      (errors) => errors.find((error) => error !== null) ?? null,
      () => null,
    );
  let result: T;
  try {
    result = work();
  } catch (error) {
    close().catch(() => undefined);
    throw error;
  }
  return { result, said: close() };
}

import type { AdapterReport } from '../domain/machine/engineReport.ts';
import { settles } from '../util/settles.ts';

/** The WebGPU adapter of this machine: found and described. */

export function hasWebgpu(): boolean {
  return typeof navigator !== 'undefined' && navigator.gpu !== undefined;
}

/** Describes this machine's adapter; undefined where there is none. */
export async function probeAdapter(): Promise<AdapterReport | undefined> {
  const adapter = await requestAdapter();
  return adapter && describeAdapter(adapter);
}

/** The browser may have to start its GPU process first, which takes seconds. */
export const MOST_OPENING_MS = 60_000;

export async function requestAdapter(): Promise<GPUAdapter | undefined> {
  if (!hasWebgpu()) return undefined;
  try {
    return (
      (await settles(
        navigator.gpu.requestAdapter({ powerPreference: 'high-performance' }),
        MOST_OPENING_MS,
        'wait.gpu',
      )) ?? undefined
    );
  } catch {
    // Some browsers reject where the specification says null. One that is silent has none to use.
    return undefined;
  }
}

/** Where none has answered. */
export const noAdapter = () => new Error('no WebGPU adapter answered');

export function describeAdapter(
  adapter: Pick<GPUAdapter, 'info' | 'features' | 'limits'>,
): AdapterReport {
  const { vendor, architecture, description } = adapter.info;
  return {
    vendor,
    architecture,
    description,
    software: isSoftware(adapter.info),
    features: [...adapter.features].sort(),
    maxBufferBytes: adapter.limits.maxBufferSize,
    maxStorageBindingBytes: adapter.limits.maxStorageBufferBindingSize,
  };
}

/** Names under which processors play the GPU: Chromium's, Mesa's, and Windows' rasterisers. */
const SOFTWARE_NAMES = /swiftshader|llvmpipe|lavapipe|software|basic render/i;

export function isSoftware(info: GPUAdapterInfo): boolean {
  const { vendor, architecture, device, description } = info;
  return (
    info.isFallbackAdapter ||
    SOFTWARE_NAMES.test([vendor, architecture, device, description].join())
  );
}

import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import type { AdapterReport } from '../domain/engineReport.ts';
import { assert } from '../util/assert.ts';
import { WorkbenchError } from '../util/errors.ts';
import { tf } from './tf.ts';
import { installKernels } from './webgpu/dropIn/install.ts';
import { pipelinesFor } from './webgpu/dropIn/runOperation.ts';
import type { DeviceTraits } from './webgpu/operation.ts';
import type { Pipelines } from './webgpu/pipelines.ts';

/**
 * The WebGPU device: found, described, opened with all that the adapter gives, and watched.
 *
 * tfjs opens a device of its own, with the default limits for the rest, without `subgroups`,
 * and without hearing of its loss. So we open the device and hand it to tfjs.
 */

/** Called once if the device is lost, and for every error that it reports outside of a call. */
export type FaultListener = (problem: WorkbenchError) => void;

export function hasWebgpu(): boolean {
  return typeof navigator !== 'undefined' && navigator.gpu !== undefined;
}

/** Describes this machine's adapter; undefined where there is none. */
export async function probeAdapter(): Promise<AdapterReport | undefined> {
  const adapter = await requestAdapter();
  return adapter && describeAdapter(adapter);
}

async function requestAdapter(): Promise<GPUAdapter | undefined> {
  if (!hasWebgpu()) return undefined;
  try {
    return (
      (await navigator.gpu.requestAdapter({ powerPreference: 'high-performance' })) ?? undefined
    );
  } catch {
    // Some browsers reject where the specification says null.
    return undefined;
  }
}

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

function isSoftware(info: GPUAdapterInfo): boolean {
  const { vendor, architecture, device, description } = info;
  return (
    info.isFallbackAdapter ||
    SOFTWARE_NAMES.test([vendor, architecture, device, description].join())
  );
}

const WANTED_LIMITS = [
  'maxBufferSize',
  'maxStorageBufferBindingSize',
  'maxStorageBuffersPerShaderStage',
  'maxComputeWorkgroupStorageSize',
  'maxComputeInvocationsPerWorkgroup',
  'maxComputeWorkgroupSizeX',
  'maxComputeWorkgroupSizeY',
  'maxComputeWorkgroupSizeZ',
  'maxComputeWorkgroupsPerDimension',
] as const satisfies readonly (keyof GPUSupportedLimits)[];

const WANTED_FEATURES = ['timestamp-query', 'subgroups'] as const;

interface OpenDevice {
  readonly device: GPUDevice;
  readonly adapter: AdapterReport;
  readonly pipelines: Pipelines;
  readonly traits: DeviceTraits;
  onFault: FaultListener;
  lost: boolean;
}

let open: OpenDevice | undefined;

/**
 * Gives tfjs a WebGPU backend on a device of ours, and reports its faults. A device that works is
 * kept, with the tensors on it; a lost one is replaced, and its tensors are gone.
 */
export async function registerWebgpu(onFault: FaultListener): Promise<void> {
  if (open && !open.lost) {
    open.onFault = onFault;
    return;
  }
  const adapter = await requestAdapter();
  if (!adapter) throw new Error('no WebGPU adapter answered');
  const device = await openDevice(adapter);
  open = watch(device, adapter, onFault);
  installKernels(open.traits);
  tf.removeBackend('webgpu');
  tf.registerBackend('webgpu', () => new WebGPUBackend(device, adapter.info), 3);
}

function opened(): OpenDevice {
  assert(open && !open.lost, 'a WebGPU device is open');
  return open;
}

/** The device that tfjs computes on. */
export const webgpuDevice = (): GPUDevice => opened().device;

/** Shaders that were compiled for it. */
export const webgpuPipelines = (): Pipelines => opened().pipelines;

/** The adapter that it was opened on. */
export const webgpuAdapter = (): AdapterReport => opened().adapter;

export const webgpuTraits = (): DeviceTraits => opened().traits;

function openDevice(adapter: GPUAdapter): Promise<GPUDevice> {
  return adapter.requestDevice({
    // tfjs brings an older @webgpu/types along, whose list of features ends before subgroups.
    requiredFeatures: WANTED_FEATURES.filter((feature) =>
      adapter.features.has(feature),
    ) as GPUFeatureName[],
    requiredLimits: Object.fromEntries(WANTED_LIMITS.map((name) => [name, adapter.limits[name]])),
  });
}

function traitsOf(adapter: GPUAdapter, device: GPUDevice): DeviceTraits {
  return {
    software: isSoftware(adapter.info),
    subgroups: (device.features as ReadonlySet<string>).has('subgroups'),
  };
}

function watch(device: GPUDevice, adapter: GPUAdapter, onFault: FaultListener): OpenDevice {
  const watched: OpenDevice = {
    device,
    adapter: describeAdapter(adapter),
    pipelines: pipelinesFor(device),
    traits: traitsOf(adapter, device),
    ...{ onFault, lost: false },
  };
  const onLost = (reason: string) => {
    watched.lost = true;
    watched.onFault(new WorkbenchError('engine.lost', { reason }));
  };
  device.lost.then(
    ({ reason, message }) => onLost(message || reason),
    (error: unknown) => onLost(String(error)),
  );
  device.addEventListener('uncapturederror', ({ error }) => {
    watched.onFault(asWorkbenchError(error));
  });
  return watched;
}

function asWorkbenchError(error: GPUError): WorkbenchError {
  return error instanceof GPUOutOfMemoryError
    ? new WorkbenchError('engine.outOfMemory')
    : new WorkbenchError('engine.gpuError', { problem: error.message });
}

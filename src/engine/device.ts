import type { AdapterReport } from '../domain/machine/engineReport.ts';
import { assert } from '../util/assert.ts';
import { WorkbenchError } from '../util/errors.ts';
import { settles } from '../util/settles.ts';
import {
  describeAdapter,
  isSoftware,
  MOST_OPENING_MS,
  noAdapter,
  requestAdapter,
} from './adapter.ts';
import type { DeviceTraits } from './webgpu/operation.ts';
import { Pipelines } from './webgpu/pipelines.ts';

/** The WebGPU device: opened with all that the adapter gives, and watched. */

/** Called once if the device is lost, and for every error that it reports outside of a call. */
export type FaultListener = (problem: WorkbenchError) => void;

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
  readonly info: GPUAdapterInfo;
  readonly adapter: AdapterReport;
  readonly pipelines: Pipelines;
  readonly traits: DeviceTraits;
  onFault: FaultListener;
  lost: boolean;
}

let open: OpenDevice | undefined;

/**
 * Opens the device, and reports its faults. One that works is kept, with all that lies on it; a lost
 * one is replaced, and what lay on it is gone.
 */
export async function openWebgpu(onFault: FaultListener): Promise<void> {
  if (open && !open.lost) {
    open.onFault = onFault;
    return;
  }
  const adapter = await requestAdapter();
  if (!adapter) throw noAdapter();
  open = watch(await openDevice(adapter), adapter, onFault);
}

/** Gives the device back with all that lies on it. What happens to it from now on is nobody's fault. */
export function closeWebgpu(): void {
  const device = open?.device;
  open = undefined;
  device?.destroy();
}

/**
 * To be called when a network leaves: frees the shaders of networks that left before. They are made for
 * the shapes of one network; the next may be like the one that leaves, and finds its shaders.
 */
export function freeUnused(): void {
  if (open && !open.lost) open.pipelines.sweep();
}

/** Bytes that one buffer may have on the engine in use. */
export function bufferLimit(): number {
  if (!open || open.lost) return Number.POSITIVE_INFINITY;
  const { maxBufferSize, maxStorageBufferBindingSize } = open.device.limits;
  return Math.min(maxBufferSize, maxStorageBufferBindingSize);
}

function opened(): OpenDevice {
  assert(open && !open.lost, 'a WebGPU device is open');
  return open;
}

/** The device that is open. */
export const webgpuDevice = (): GPUDevice => opened().device;

/** Shaders that were compiled for it. */
export const webgpuPipelines = (): Pipelines => opened().pipelines;

/** As the browser tells of it. */
export const webgpuInfo = (): GPUAdapterInfo => opened().info;

/** The adapter that it was opened on. */
export const webgpuAdapter = (): AdapterReport => opened().adapter;

export const webgpuTraits = (): DeviceTraits => opened().traits;

async function openDevice(adapter: GPUAdapter): Promise<GPUDevice> {
  const opening = adapter.requestDevice({
    // TensorFlow.js brings older types of WebGPU along, whose features end before subgroups.
    requiredFeatures: WANTED_FEATURES.filter((feature) =>
      adapter.features.has(feature),
    ) as GPUFeatureName[],
    requiredLimits: Object.fromEntries(WANTED_LIMITS.map((name) => [name, adapter.limits[name]])),
  });
  try {
    return await settles(opening, MOST_OPENING_MS, 'wait.gpu');
  } catch (error) {
    // One that comes too late is nobody's.
    opening.then((device) => device.destroy()).catch(() => undefined);
    throw error;
  }
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
    info: adapter.info,
    adapter: describeAdapter(adapter),
    pipelines: new Pipelines(device),
    traits: traitsOf(adapter, device),
    ...{ onFault, lost: false },
  };
  const tell = (problem: WorkbenchError) => {
    if (open === watched) watched.onFault(problem);
  };
  const onLost = (reason: string) => {
    watched.lost = true;
    tell(new WorkbenchError('engine.lost', { reason }));
  };
  device.lost.then(
    ({ reason, message }) => onLost(message || reason),
    (error: unknown) => onLost(String(error)),
  );
  device.addEventListener('uncapturederror', ({ error }) => {
    tell(faultOf(error));
  });
  return watched;
}

/** What the device said, as the app tells it. */
export function faultOf(error: GPUError): WorkbenchError {
  return error instanceof GPUOutOfMemoryError
    ? new WorkbenchError('engine.outOfMemory')
    : new WorkbenchError('engine.gpuError', { problem: error.message });
}

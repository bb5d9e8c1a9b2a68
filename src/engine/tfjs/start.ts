import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import type { EngineName } from '../../domain/machine/engineReport.ts';
import { type FaultListener, openWebgpu, webgpuDevice, webgpuInfo } from '../device.ts';
import { tf } from './tf.ts';

/** The engines that are TensorFlow.js, as it comes, and what it calls them. */
const backends = { tfjs: 'webgpu', webgl: 'webgl', cpu: 'cpu' } as const;
export type TfjsEngine = Extract<EngineName, keyof typeof backends>;

/** What a start that fails without a reason mostly means. */
const WHY_NOT: Record<TfjsEngine, string> = {
  tfjs: 'the device did not open',
  webgl: 'WebGL is switched off or missing',
  cpu: 'it did not start',
};

export async function startTfjs(engine: TfjsEngine, onFault: FaultListener): Promise<void> {
  if (engine === 'tfjs') await takeDevice(onFault);
  if (!(await tf.setBackend(backends[engine]))) throw new Error(WHY_NOT[engine]);
}

/** Frees the memory of an engine that ran; it can be started anew. */
export function endTfjs(engine: TfjsEngine): void {
  const name = backends[engine];
  const factory = tf.findBackendFactory(name);
  tf.removeBackend(name);
  if (engine === 'tfjs') device = undefined;
  else tf.registerBackend(name, factory);
}

let device: GPUDevice | undefined;

/**
 * tfjs would open a device of its own, with the default limits, and would not hear of its loss. It is
 * given ours; one that works is kept, with the tensors on it.
 */
async function takeDevice(onFault: FaultListener): Promise<void> {
  await openWebgpu(onFault);
  if (device === webgpuDevice()) return;
  const ours = webgpuDevice();
  device = ours;
  if (tf.findBackendFactory('webgpu')) tf.removeBackend('webgpu');
  tf.registerBackend('webgpu', () => new WebGPUBackend(ours, webgpuInfo()), 3);
}

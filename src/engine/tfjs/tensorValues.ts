import { settles } from '../../util/settles.ts';
import { webgpuDevice } from '../device.ts';
import { gpuAnswers } from '../webgpu/gpuAnswers.ts';
import { tf } from './tf.ts';

/** Longer than anybody would wait for what one tensor waits for. */
const MOST_MS = 3_600_000;

/** The numbers of a tensor, once whatever computes them is done. */
export function tensorValues(tensor: tf.Tensor): Promise<Float32Array> {
  return tf.getBackend() === 'webgpu'
    ? gpuAnswers(webgpuDevice(), tensor.data<'float32'>())
    : settles(tensor.data<'float32'>(), MOST_MS, 'wait.engine');
}

import { tf } from '../../../tfjs/tf.ts';
import { biasThenActivation } from '../../gemm/finish.ts';
import type { Finish } from '../../gemm/problem.ts';

/** What follows the sums in a fused call, where we have it. */
export function fusedFinish(
  columns: number,
  bias: tf.TensorInfo | undefined,
  activation: tf.backend_util.Activation | null | undefined,
): Finish | undefined | 'unknown' {
  const known = !activation || activation === 'linear' ? 'linear' : activation;
  if (!bias) return known === 'linear' ? undefined : 'unknown';
  if (known !== 'linear' && known !== 'relu') return 'unknown';
  if (tf.util.sizeFromShape(bias.shape) !== columns) return 'unknown';
  return biasThenActivation(columns, { activation: known });
}

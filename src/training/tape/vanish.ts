import { tf } from '../../engine/tfjs/tf.ts';

/** The tensor with 0 for what is smaller in size than `least`; what is no number stays none. */
export function vanish<R extends tf.Rank>(x: tf.Tensor<R>, least: number): tf.Tensor<R> {
  return tf.where(tf.less(tf.abs(x), least), 0, x);
}

import { sizeOf } from '../../../src/domain/architecture/shapes.ts';
import { gatherLabels, gatherScaled } from '../../../src/domain/recipe/scaling.ts';
import { tf } from '../../../src/engine/tfjs/tf.ts';
import { at } from '../../../src/util/assert.ts';
import { validationIndices, type Work } from '../../work/work.ts';

const VALIDATION_BATCH = 200;

/** Images as tensors, scaled, with their labels one-hot. */
export function batchOf({ manifest, images }: Work, indices: Uint32Array) {
  const { height, width, channels } = images.shape;
  const values = new Float32Array(indices.length * sizeOf([height, width, channels]));
  gatherScaled(images, indices, manifest.scaling, values);
  const labels = tf.tensor1d(Int32Array.from(gatherLabels(images, indices)), 'int32');
  return {
    x: tf.tensor4d(values, [indices.length, height, width, channels]),
    y: tf.cast(tf.oneHot(labels, manifest.architecture.classes), 'float32'),
  };
}

/** How many validation images these logits read rightly. */
export async function validateTfjs(
  work: Work,
  logits: (x: tf.Tensor4D) => tf.Tensor,
): Promise<number> {
  const indices = validationIndices(work);
  let right = 0;
  for (let first = 0; first < indices.length; first += VALIDATION_BATCH) {
    const some = indices.subarray(first, first + VALIDATION_BATCH);
    const read = tf.tidy(() => tf.argMax(logits(batchOf(work, some).x), 1));
    const classes = await read.data();
    read.dispose();
    for (const [i, index] of some.entries()) {
      if (at(classes, i) === at(work.images.labels, index)) right++;
    }
  }
  return right;
}

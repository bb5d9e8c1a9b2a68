import { gatherLabels, gatherScaled } from '../../src/domain/scaling.ts';
import { sizeOf } from '../../src/domain/shapes.ts';
import { tf } from '../../src/engine/tf.ts';
import { Network } from '../../src/training/network.ts';
import { assert } from '../../src/util/assert.ts';
import type { Contestant, Setup } from './contestant.ts';
import { withStockKernels } from './stockKernels.ts';

/**
 * The step as tfjs itself does it: its layers, gradient tape, kernels and Adam. One thing is ours:
 * the dropout masks are drawn on the GPU, as tfjs's own come from the processor, slowly.
 *
 * It resembles `TapeTrainer`, but is written out: a peer must not change when our trainer does.
 */
export async function makeStockStep(setup: Setup): Promise<Contestant> {
  const { architecture, recipe, images, scaling } = setup;
  const network = new Network(architecture, { seed: recipe.seed, step: 0 });
  network.importWeights(setup.weights);
  const variables = [...network.variables];
  const optimizer = tf.train.adam(recipe.learningRate);
  let steps = 0;
  let lastLoss: tf.Scalar | undefined;

  const batch = (indices: Uint32Array) => {
    const { height, width, channels } = images.shape;
    const values = new Float32Array(indices.length * sizeOf([height, width, channels]));
    gatherScaled(images, indices, scaling, values);
    const labels = tf.tensor1d(Int32Array.from(gatherLabels(images, indices)), 'int32');
    return {
      x: tf.tensor4d(values, [indices.length, height, width, channels]),
      y: tf.cast(tf.oneHot(labels, architecture.classes), 'float32'),
    };
  };

  const train = () => {
    network.clock.step = steps;
    const { x, y } = batch(setup.indices(steps));
    const { value, grads } = tf.variableGrads(
      () => tf.losses.softmaxCrossEntropy(y, network.logits(x, true)) as tf.Scalar,
      variables,
    );
    optimizer.applyGradients(Object.entries(grads).map(([name, tensor]) => ({ name, tensor })));
    steps++;
    return value;
  };

  return {
    name: `stock tfjs-webgpu ${tf.version_core}`,
    note: "tfjs's layers, tape, kernels and Adam; our dropout masks, which are drawn on the GPU",
    step() {
      lastLoss?.dispose();
      lastLoss = withStockKernels(() => tf.tidy(train));
    },
    async settle() {
      if (!lastLoss) return;
      // A read flushes what tfjs has put off, and queues behind all of it.
      const [loss] = await lastLoss.data();
      assert(Number.isFinite(loss), `the loss of stock tfjs is ${loss}`);
    },
    dispose() {
      lastLoss?.dispose();
      optimizer.dispose();
      network.dispose();
    },
  };
}

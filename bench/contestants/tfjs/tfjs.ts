import { tf } from '../../../src/engine/tfjs/tf.ts';
import { assert } from '../../../src/util/assert.ts';
import type { Work } from '../../work/work.ts';
import type { Open, Runner } from '../contestant.ts';
import { batchOf, validateTfjs } from './images.ts';
import { logits, type Masks, makeMasks } from './network.ts';
import { operationOf } from './operations.ts';

/**
 * TensorFlow.js as it was published: its operations, gradient tape, kernels and Adam, on the backend of the
 * setting `backend`, with the flags that are set in capitals. Nothing of ours takes part, and dropout costs
 * it nothing but a product: its own masks are drawn on the processor, slowly.
 */
export const open: Open = async ({ settings }) => {
  const { backend = 'webgpu' } = settings;
  if (settings.mode === 'prod') tf.enableProdMode();
  for (const [flag, value] of Object.entries(settings)) {
    if (flag === flag.toUpperCase()) tf.env().set(flag, JSON.parse(value));
  }
  // Of its WebAssembly backend none trains a convolution: it has no gradient of a filter.
  if (!(await tf.setBackend(backend))) throw new Error(`tfjs-${backend} did not start`);
  await tf.ready();
  return {
    facts: { [`tfjs-${backend}`]: tf.version_core },
    async step(work) {
      return makeStep(work);
    },
    async operation(work, wanted) {
      return operationOf(work, wanted);
    },
  };
};

function makeStep(work: Work): Runner {
  const { manifest } = work;
  const variables = work.weights.map(({ name, shape, values }) =>
    tf.variable(tf.tensor(values, [...shape]), true, name),
  );
  const masks = makeMasks(manifest);
  const { beta1, beta2, epsilon } = manifest.adam;
  const optimizer = tf.train.adam(manifest.recipe.learningRate, beta1, beta2, epsilon);
  let steps = 0;

  const train = (): tf.Scalar => {
    const { x, y } = batchOf(work, work.indices(steps));
    const { value, grads } = tf.variableGrads(
      () =>
        tf.losses.softmaxCrossEntropy(
          y,
          logits(manifest, variables, x, masksOf(masks)),
        ) as tf.Scalar,
      variables,
    );
    optimizer.applyGradients(Object.entries(grads).map(([name, tensor]) => ({ name, tensor })));
    return value;
  };
  const masksOf = (all: Masks) => (layer: string) => {
    const own = all.get(layer);
    return own?.[steps % own.length];
  };

  return {
    async run(times) {
      let loss: tf.Scalar | undefined;
      for (let i = 0; i < times; i++) {
        loss?.dispose();
        loss = tf.tidy(train);
        steps++;
      }
      if (!loss) return undefined;
      // A read flushes what tfjs has put off, and queues behind all of it.
      const [value] = await loss.data();
      loss.dispose();
      assert(value !== undefined && Number.isFinite(value), `the loss of tfjs is ${value}`);
      return value;
    },
    validate: () => validateTfjs(work, (x) => logits(manifest, variables, x, () => undefined)),
    get facts() {
      return { "MB of tfjs's tensors": Math.round(tf.memory().numBytes / 1e5) / 10 };
    },
    dispose() {
      optimizer.dispose();
      tf.dispose(variables);
      for (const own of masks.values()) tf.dispose([...own]);
    },
  };
}

import {
  blockUntilReady,
  defaultDevice,
  init,
  type Array as JaxArray,
  jit,
  nn,
  numpy as np,
  random,
  tree,
  valueAndGrad,
} from '@jax-js/jax';
import { sizeOf } from '../../../src/domain/architecture/shapes.ts';
import { gatherLabels, gatherScaled } from '../../../src/domain/recipe/scaling.ts';
import { assert, at } from '../../../src/util/assert.ts';
import { pcg4d } from '../../../src/util/random.ts';
import { validationIndices, type Work } from '../../work/work.ts';
import type { Open, Runner } from '../contestant.ts';
import { forward } from './network.ts';
import { operationOf } from './operations.ts';
import { jaxWeights } from './weights.ts';

/**
 * The step in jax-js, whole under `jit`: forward, backward and Adam become one recorded graph of fused
 * kernels.
 */
export const open: Open = async ({ settings, threads }) => {
  const { device = 'webgpu' } = settings;
  assert(device === 'webgpu' || device === 'wasm', 'jax-js computes on webgpu or wasm');
  // It offers no choice of the number of threads, and takes all cores.
  Object.defineProperty(navigator, 'hardwareConcurrency', { value: threads });
  const available = await init(device);
  assert(available.includes(device), `jax-js opens ${device}`);
  defaultDevice(device);
  const onThreads: Record<string, number> = device === 'wasm' ? { threads } : {};
  return {
    facts: { 'jax-js': JAX_VERSION, ...onThreads },
    async step(work) {
      return makeStep(work, device);
    },
    async operation(work, wanted) {
      return operationOf(work, wanted, device);
    },
  };
};

/** Put in by the bundler. */
declare const JAX_VERSION: string;

/** Weights and Adam's two moments, each in the order of the architecture's weights. */
type State = { weights: JaxArray[]; m: JaxArray[]; v: JaxArray[] };

const VALIDATION_BATCH = 200;

function makeStep(work: Work, device: 'webgpu' | 'wasm'): Runner {
  const { manifest } = work;
  const { layers, recipe, images } = manifest;
  const train = jit(trainingStep(work));
  const infer = jit((weights: JaxArray[], x: JaxArray) => forward(layers, weights, x, undefined));
  const weights = jaxWeights(work);
  const zeros = () => weights.map(({ shape }) => np.zeros(shape));
  let state: State = { weights, m: zeros(), v: zeros() };
  let steps = 0;

  return {
    async run(times) {
      let loss: JaxArray | undefined;
      for (let i = 0; i < times; i++) {
        const indices = work.indices(steps++);
        const labels = Int32Array.from(gatherLabels(work.images, indices));
        const y = nn.oneHot(np.array(labels, { dtype: np.int32 }), manifest.architecture.classes);
        const key = random.key(np.array(dropoutSeed(recipe.seed, steps), { dtype: np.uint32 }));
        const rate = np.array(adamRate(manifest.adam, recipe.learningRate, steps));
        const result = train(state, imagesOf(work, indices), y, key, rate);
        loss?.dispose();
        loss = result.loss;
        state = result.state;
        if (device === 'webgpu') submit(state);
      }
      if (!loss) return undefined;
      await blockUntilReady(state);
      const value: number = await loss.jsAsync();
      assert(Number.isFinite(value), `the loss of jax-js is ${value}`);
      return value;
    },
    async validate() {
      const indices = validationIndices(work);
      let right = 0;
      for (let first = 0; first < indices.length; first += VALIDATION_BATCH) {
        const some = indices.slice(first, first + VALIDATION_BATCH);
        const kept = state.weights.map((w) => w.ref);
        const read: number[] = await np.argmax(infer(kept, imagesOf(work, some)), 1).jsAsync();
        for (const [i, index] of some.entries()) {
          if (read[i] === at(work.images.labels, index)) right++;
        }
      }
      return right;
    },
    dispose() {
      tree.dispose(state);
      train.dispose();
      infer.dispose();
    },
  };

  function imagesOf({ images: pixels }: Work, indices: Uint32Array): JaxArray {
    const { height, width, channels } = images.shape;
    assert(channels === 1, 'with one channel NHWC and NCHW are the same');
    const values = new Float32Array(indices.length * sizeOf([height, width]));
    gatherScaled(pixels, indices, manifest.scaling, values);
    return np.array(values, { shape: [indices.length, 1, height, width] });
  }
}

/**
 * jax-js puts all work off until someone reads; this hands it to the GPU, so that the GPU begins with a
 * step while JavaScript prepares the next one.
 */
function submit(state: State): void {
  for (const array of tree.leaves<JaxArray>(state)) array.ref.gpuBufferSync();
}

/** Another for every seed and step, in 32 bits. */
const dropoutSeed = (seed: number, step: number) => pcg4d(seed, step, 0, 0)[0];

type Adam = Work['manifest']['adam'];

/** Adam's learning rate at step t, its two bias corrections in it. */
function adamRate({ beta1, beta2 }: Adam, learningRate: number, t: number): number {
  return (learningRate * Math.sqrt(1 - beta2 ** t)) / (1 - beta1 ** t);
}

function trainingStep({ manifest }: Work) {
  const { layers } = manifest;
  const loss = (weights: JaxArray[], x: JaxArray, y: JaxArray, key: JaxArray): JaxArray => {
    const logits = forward(layers, weights, x, key);
    const batch = at(y.shape, 0);
    return np.sum(nn.logSoftmax(logits, -1).mul(y)).mul(-1 / batch);
  };
  const differentiate = valueAndGrad(loss);
  return (state: State, x: JaxArray, y: JaxArray, key: JaxArray, rate: JaxArray) => {
    const weights = state.weights.map((w) => w.ref);
    const [value, gradients] = differentiate(weights, x, y, key);
    return { loss: value, state: adam(manifest.adam, state, gradients, rate) };
  };
}

function adam(rule: Adam, state: State, gradients: JaxArray[], rate: JaxArray): State {
  const { beta1, beta2, epsilon } = rule;
  const next: State = { weights: [], m: [], v: [] };
  for (const [i, g] of gradients.entries()) {
    const m = at(state.m, i)
      .mul(beta1)
      .add(g.ref.mul(1 - beta1));
    const v = at(state.v, i)
      .mul(beta2)
      .add(np.square(g).mul(1 - beta2));
    const update = m.ref.mul(rate.ref).div(np.sqrt(v.ref).add(epsilon));
    next.weights.push(at(state.weights, i).sub(update));
    next.m.push(m);
    next.v.push(v);
  }
  rate.dispose();
  return next;
}

import {
  blockUntilReady,
  type Array as JaxArray,
  jit,
  lax,
  nn,
  numpy as np,
  random,
  tree,
  valueAndGrad,
} from '@jax-js/jax';
import type { Architecture, Layer, Padding } from '../../src/domain/architecture.ts';
import { gatherLabels, gatherScaled } from '../../src/domain/scaling.ts';
import { describeNetwork, sizeOf } from '../../src/domain/shapes.ts';
import { assert, at } from '../../src/util/assert.ts';
import type { Contestant, Setup } from './contestant.ts';
import { type JaxDevice, openJax } from './jaxDevice.ts';

/**
 * The step in jax-js, whole under `jit`: forward, backward and Adam become one recorded graph of
 * fused kernels. jax-js lays images out as NCHW and kernels as OIHW, and so the network is written
 * here for that. A function of jax-js consumes its arguments; `ref` keeps one for another use.
 */
export async function makeJaxStep(
  setup: Setup,
  version: string,
  device: JaxDevice = { device: 'webgpu' },
): Promise<Contestant> {
  await openJax(device);
  const { architecture, recipe, images, scaling } = setup;
  const train = jit(trainingStep(architecture));
  let state = initialState(setup);
  let steps = 0;
  let lastLoss: JaxArray | undefined;

  const batch = (indices: Uint32Array) => {
    const { height, width, channels } = images.shape;
    assert(channels === 1, 'with one channel NHWC and NCHW are the same');
    const values = new Float32Array(indices.length * sizeOf([height, width, channels]));
    gatherScaled(images, indices, scaling, values);
    const labels = Int32Array.from(gatherLabels(images, indices));
    return {
      x: np.array(values, { shape: [indices.length, channels, height, width] }),
      y: nn.oneHot(np.array(labels, { dtype: np.int32 }), architecture.classes),
    };
  };

  return {
    name: `jax-js ${version}`,
    note: 'without LRN, which it lacks; whole step under jit',
    step() {
      const { x, y } = batch(setup.indices(steps));
      steps++;
      const key = random.key(np.array(steps, { dtype: np.uint32 }));
      const rate = adamRate(recipe.learningRate, steps);
      const result = train(state, x, y, key, np.array(rate));
      lastLoss?.dispose();
      lastLoss = result.loss;
      state = result.state;
      if (device.device === 'webgpu') submit(state);
    },
    async settle() {
      if (!lastLoss) return;
      await blockUntilReady(state);
      const loss: number = await lastLoss.ref.jsAsync();
      assert(Number.isFinite(loss), `the loss of jax-js is ${loss}`);
    },
    dispose() {
      lastLoss?.dispose();
      tree.dispose(state);
      train.dispose();
    },
  };
}

/**
 * jax-js puts all work off until someone reads; this hands it to the GPU, so that the GPU begins
 * with a step while JavaScript prepares the next one.
 */
function submit(state: State): void {
  for (const array of tree.leaves<JaxArray>(state)) array.ref.gpuBufferSync();
}

/** Weights and Adam's two moments, each in the order of the architecture's weights. */
type State = { weights: JaxArray[]; m: JaxArray[]; v: JaxArray[] };

function initialState({ weights }: Setup): State {
  const zeros = () => weights.map(({ shape }) => np.zeros(kernelShape(shape)));
  return {
    // Numbers drawn independently from one distribution: their order in a kernel is of no matter.
    weights: weights.map(({ values, shape }) =>
      np.array(values.slice(), { shape: kernelShape(shape) }),
    ),
    m: zeros(),
    v: zeros(),
  };
}

/** HWIO to OIHW; other weights keep their shape. */
function kernelShape(shape: readonly number[]): number[] {
  if (shape.length !== 4) return [...shape];
  const [height, width, inputs, outputs] = shape as [number, number, number, number];
  return [outputs, inputs, height, width];
}

const BETA1 = 0.9;
const BETA2 = 0.999;
const EPSILON = 1e-8;

/** Adam's learning rate at step t, its two bias corrections in it. */
function adamRate(learningRate: number, t: number): number {
  return (learningRate * Math.sqrt(1 - BETA2 ** t)) / (1 - BETA1 ** t);
}

function trainingStep(architecture: Architecture) {
  const loss = (weights: JaxArray[], x: JaxArray, y: JaxArray, key: JaxArray): JaxArray => {
    const logits = forward(architecture, weights, x, key);
    const batch = at(y.shape, 0);
    return np.sum(nn.logSoftmax(logits, -1).mul(y)).mul(-1 / batch);
  };
  const differentiate = valueAndGrad(loss);
  return (state: State, x: JaxArray, y: JaxArray, key: JaxArray, rate: JaxArray) => {
    const weights = state.weights.map((w) => w.ref);
    const [value, gradients] = differentiate(weights, x, y, key);
    return { loss: value, state: adam(state, gradients, rate) };
  };
}

function adam(state: State, gradients: JaxArray[], rate: JaxArray): State {
  const next: State = { weights: [], m: [], v: [] };
  for (const [i, g] of gradients.entries()) {
    const m = at(state.m, i)
      .mul(BETA1)
      .add(g.ref.mul(1 - BETA1));
    const v = at(state.v, i)
      .mul(BETA2)
      .add(np.square(g).mul(1 - BETA2));
    const update = m.ref.mul(rate.ref).div(np.sqrt(v.ref).add(EPSILON));
    next.weights.push(at(state.weights, i).sub(update));
    next.m.push(m);
    next.v.push(v);
  }
  rate.dispose();
  return next;
}

function forward(
  architecture: Architecture,
  weights: readonly JaxArray[],
  images: JaxArray,
  key: JaxArray,
): JaxArray {
  const queue = [...weights];
  const next = () => {
    const weight = queue.shift();
    assert(weight, 'every layer has its weights');
    return weight;
  };
  const dropouts = architecture.layers.filter(({ kind }) => kind === 'dropout').length;
  const keys = [...random.split(key, dropouts)];
  let x = images;
  for (const { layer, inputShape } of describeNetwork(architecture).layers) {
    x = apply(layer, x, inputShape, next, keys);
  }
  return x;
}

function apply(
  layer: Layer,
  x: JaxArray,
  inputShape: readonly number[],
  next: () => JaxArray,
  keys: JaxArray[],
): JaxArray {
  switch (layer.kind) {
    case 'conv2d': {
      const product = lax.conv(x, next(), [layer.stride, layer.stride], padding(layer.padding));
      return nn.relu(product.add(next().reshape([1, -1, 1, 1])));
    }
    case 'lrn':
      return x;
    case 'maxPool':
      return maxPool(x, layer.poolSize, layer.stride, inputShape);
    case 'flatten':
      return x.reshape([at(x.shape, 0), -1]);
    case 'dense': {
      const sum = np.matmul(x, next()).add(next());
      return layer.activation === 'relu' ? nn.relu(sum) : sum;
    }
    case 'dropout': {
      const key = keys.shift();
      assert(key, 'every dropout layer has its key');
      const kept = random.bernoulli(key, 1 - layer.rate, x.shape);
      return np.where(kept, x.mul(1 / (1 - layer.rate)), 0);
    }
    default:
      throw new Error(`${layer.kind} is not in AlexNet`);
  }
}

function padding(padding: Padding): 'SAME' | 'VALID' {
  return padding === 'same' ? 'SAME' : 'VALID';
}

/** With 'same' padding, in zeros: what is pooled comes from a ReLU, so that they never win. */
function maxPool(
  x: JaxArray,
  size: number,
  stride: number,
  [height = 1, width = 1]: readonly number[],
): JaxArray {
  const pair = (side: number): [number, number] => {
    const total = Math.max(0, (Math.ceil(side / stride) - 1) * stride + size - side);
    return [Math.floor(total / 2), Math.ceil(total / 2)];
  };
  const padded = np.pad(x, [[0, 0], [0, 0], pair(height), pair(width)]);
  return lax.reduceWindow(padded, np.max, [size, size], [stride, stride]);
}

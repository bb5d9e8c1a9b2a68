import { buildArchitecture, type Layer } from '../src/domain/architecture.ts';
import { weightSpecs } from '../src/domain/shapes.ts';
import { dropoutMask } from '../src/engine/dropoutMask.ts';
import { startWasmInNode } from '../src/engine/testing/startWasmInNode.ts';
import { tf } from '../src/engine/tf.ts';
import { registerWasmKernels } from '../src/engine/wasm/registerWasmKernels.ts';

interface Options {
  readonly width: number;
  readonly batch: number;
  readonly steps: number;
}

export async function main({ width, batch, steps }: Options) {
  await startWasmInNode();
  registerNaiveFilterGradient();
  console.log(`alexnet, width ${width}, batch ${batch}, one thread`);
  const naive = timeSteps({ width, batch, steps: 1 });
  report('naive (stock tfjs-wasm)', naive);
  registerWasmKernels();
  const ours = timeSteps({ width, batch, steps });
  report('ours', ours);
  console.log(`ratio ${(naive.stepMs / ours.stepMs).toFixed(1)}`);
}

interface Timing {
  /** Median over the steps. */
  readonly stepMs: number;
  readonly msByKernel: ReadonlyMap<string, number>;
}

function report(label: string, { stepMs, msByKernel }: Timing) {
  const split = [...msByKernel]
    .sort(([, a], [, b]) => b - a)
    .slice(0, 12)
    .map(([kernel, ms]) => `${kernel} ${ms.toFixed(1)}`);
  console.log(`${label}: ${stepMs.toFixed(0)} ms a step (${split.join(', ')})`);
}

function timeSteps({ width, batch, steps }: Options): Timing {
  const input = { height: 28, width: 28, channels: 1 };
  const network = buildArchitecture({ id: 'alexnet', width, input, classes: 10, dropout: 0.5 });
  const weights = weightSpecs(network).map(({ shape }) =>
    tf.variable(tf.randomNormal([...shape], 0, 0.05)),
  );
  const images = tf.randomUniform([batch, 28, 28, 1]);
  const labels = tf.oneHot(tf.mod(tf.range(0, batch, 1, 'int32'), tf.scalar(10, 'int32')), 10);
  const optimizer = tf.train.adam(0.001);
  let step = 0;
  const train = () => {
    step++;
    optimizer.minimize(
      () => tf.losses.softmaxCrossEntropy(labels, forward(network.layers, weights, images, step)),
      false,
      weights,
    );
  };
  train();
  const watch = watchKernels();
  const times = Array.from({ length: steps }, () => {
    const start = performance.now();
    train();
    return performance.now() - start;
  }).sort((a, b) => a - b);
  watch.stop();
  tf.disposeVariables();
  const msByKernel = new Map([...watch.totals].map(([name, ms]) => [name, ms / steps]));
  return { stepMs: times[Math.floor(steps / 2)] ?? Number.NaN, msByKernel };
}

function forward(
  layers: readonly Layer[],
  weights: tf.Variable[],
  images: tf.Tensor,
  step: number,
) {
  const queue = [...weights];
  const next = () => queue.shift() ?? tf.scalar(0);
  return layers.reduce((x, layer, index) => {
    switch (layer.kind) {
      case 'conv2d': {
        const padding = layer.padding === 'valid' ? 'valid' : 'same';
        const product = tf.conv2d(x as tf.Tensor4D, next() as tf.Tensor4D, layer.stride, padding);
        return tf.relu(tf.add(product, next()));
      }
      case 'lrn':
        return tf.localResponseNormalization(
          x as tf.Tensor4D,
          layer.depthRadius,
          layer.bias,
          layer.alpha,
          layer.beta,
        );
      case 'maxPool':
        return tf.maxPool(x as tf.Tensor4D, layer.poolSize, layer.stride, 'same');
      case 'flatten':
        return tf.reshape(x, [x.shape[0] ?? 1, -1]);
      case 'dropout':
        return tf.mul(x, dropoutMask(x.shape, layer.rate, 1, step, index));
      case 'dense': {
        const sum = tf.add(tf.matMul(x as tf.Tensor2D, next() as tf.Tensor2D), next());
        return layer.activation === 'relu' ? tf.relu(sum) : sum;
      }
      default:
        throw new Error(`${layer.kind} is not in this network`);
    }
  }, images) as tf.Tensor2D;
}

/** Adds up the time of every kernel that tfjs calls, those called by kernels included in theirs. */
function watchKernels() {
  const totals = new Map<string, number>();
  const originals = tf.getKernelsForBackend('wasm');
  let depth = 0;
  const register = (config: tf.KernelConfig) => {
    tf.unregisterKernel(config.kernelName, 'wasm');
    tf.registerKernel(config);
  };
  for (const config of originals) {
    register({
      ...config,
      kernelFunc: (call) => {
        const start = performance.now();
        depth++;
        const result = config.kernelFunc(call);
        depth--;
        const ms = performance.now() - start;
        if (depth === 0) totals.set(config.kernelName, (totals.get(config.kernelName) ?? 0) + ms);
        return result;
      },
    });
  }
  return { totals, stop: () => originals.forEach(register) };
}

/** dW[i, j] = (X shifted by the tap, pixels by channels)^T dY, one product a tap. */
function registerNaiveFilterGradient() {
  tf.registerKernel({
    kernelName: tf.Conv2DBackpropFilter,
    backendName: 'wasm',
    kernelFunc: ({ inputs, attrs }) => {
      const { x, dy } = inputs as { x: tf.Tensor4D; dy: tf.Tensor4D };
      const { filterShape } = attrs as unknown as tf.Conv2DBackpropFilterAttrs;
      const [side, , channels, filters] = filterShape;
      const [batch, height, width] = x.shape;
      return tf.tidy(() => {
        const p = (side - 1) / 2;
        const padded = tf.pad(x, [
          [0, 0],
          [p, p],
          [p, p],
          [0, 0],
        ]);
        const gradient = tf.reshape(dy, [-1, filters]) as tf.Tensor2D;
        const taps = Array.from({ length: side * side }, (_, tap) => {
          const corner = [0, Math.floor(tap / side), tap % side, 0];
          const seen = tf.slice(padded, corner, [batch, height, width, channels]);
          return tf.matMul(tf.reshape(seen, [-1, channels]) as tf.Tensor2D, gradient, true);
        });
        return tf.reshape(tf.stack(taps), filterShape);
      });
    },
  });
}

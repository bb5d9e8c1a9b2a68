import { assert, at } from '../../../util/assert.ts';
import type { Architecture, Layer } from '../../architecture/architecture.ts';
import type { Conv2dLayer } from '../../architecture/conv2d.ts';
import { asImage, sizeOf } from '../../architecture/shape.ts';
import { describeNetwork, type LayerReport } from '../../architecture/shapes.ts';
import type { NamedTensor } from '../../runs/run.ts';
import { windowOf } from '../receptiveField.ts';

/** A network computed by the plainest loops in double precision, one image at a time: what tests compare with. */

export interface Plain {
  readonly architecture: Architecture;
  readonly weights: readonly NamedTensor[];
}

type Values = Float64Array | Float32Array;

/** What each layer makes of an image, by name; or, from behind the layer `after`, of its output. */
export function plainForward(
  { architecture, weights }: Plain,
  input: Values,
  after?: string,
): Map<string, Float64Array> {
  const { layers } = describeNetwork(architecture);
  const begin = layers.findIndex(({ layer }) => layer.name === after) + 1;
  const outputs = new Map<string, Float64Array>();
  let x: Float64Array = Float64Array.from(input);
  for (const report of layers.slice(begin)) {
    x = plainLayer(report, x, weights);
    outputs.set(report.layer.name, x);
  }
  return outputs;
}

export function plainLogits(plain: Plain, input: Values, after?: string): Float64Array {
  const last = plain.architecture.layers.at(-1);
  const logits = last && plainForward(plain, input, after).get(last.name);
  assert(logits, 'a network has layers');
  return logits;
}

/** The slope of a class's logit along each of these values, or along `only` some: central differences. */
export function plainGradient(
  plain: Plain,
  input: Values,
  label: number,
  after?: string,
  only: readonly number[] = [...input.keys()],
): number[] {
  const EPSILON = 1e-8;
  return only.map((i) => {
    const moved = Float64Array.from(input);
    const logit = (by: number) => {
      moved[i] = at(input, i) + by;
      return at(plainLogits(plain, moved, after), label);
    };
    return (logit(EPSILON) - logit(-EPSILON)) / (2 * EPSILON);
  });
}

function plainLayer(report: LayerReport, x: Float64Array, weights: readonly NamedTensor[]) {
  const { layer, inputShape, outputShape } = report;
  const y = new Float64Array(sizeOf(outputShape));
  const part = (name: string) => {
    const tensor = weights.find((weight) => weight.name === `${layer.name}/${name}`);
    assert(tensor, `there is a weight ${name}`);
    return tensor.values;
  };
  const { channels } = asImage(inputShape);
  const out = asImage(outputShape);
  switch (layer.kind) {
    case 'flatten':
    case 'dropout':
      return x;
    case 'dense': {
      const [kernel, bias] = [part('kernel'), part('bias')];
      for (let unit = 0; unit < layer.units; unit++) {
        let sum = at(bias, unit);
        for (let i = 0; i < x.length; i++) sum += at(x, i) * at(kernel, i * layer.units + unit);
        y[unit] = activated(sum, layer.activation);
      }
      return y;
    }
    case 'lrn':
      for (let i = 0; i < x.length; i++) {
        const channel = i % channels;
        let squares = 0;
        for (let c = channel - layer.depthRadius; c <= channel + layer.depthRadius; c++) {
          if (c >= 0 && c < channels) squares += at(x, i - channel + c) ** 2;
        }
        y[i] = at(x, i) / (layer.bias + layer.alpha * squares) ** layer.beta;
      }
      return y;
    case 'batchNorm': {
      const [gamma, beta] = [part('gamma'), part('beta')];
      const [mean, variance] = [part('moving_mean'), part('moving_variance')];
      for (let i = 0; i < x.length; i++) {
        const c = i % channels;
        const deviation = Math.sqrt(at(variance, c) + layer.epsilon);
        y[i] = (at(gamma, c) * (at(x, i) - at(mean, c))) / deviation + at(beta, c);
      }
      return y;
    }
    case 'globalAveragePool':
      for (let i = 0; i < x.length; i++) {
        y[i % channels] = at(y, i % channels) + (at(x, i) * channels) / x.length;
      }
      return y;
  }
  for (let place = 0; place < out.height * out.width; place++) {
    const seen = windowAt(report, Math.floor(place / out.width), place % out.width);
    for (let channel = 0; channel < out.channels; channel++) {
      y[place * out.channels + channel] =
        layer.kind === 'conv2d'
          ? convolved(layer, channels, seen, x, part('kernel'), part('bias'), channel)
          : pooled(layer.kind, seen, x, channels, channel);
    }
  }
  return y;
}

interface Seen {
  readonly pixel: number;
  readonly tap: number;
}

function pooled(
  kind: 'maxPool' | 'avgPool',
  seen: readonly Seen[],
  x: Float64Array,
  channels: number,
  channel: number,
): number {
  const values = seen.map(({ pixel }) => at(x, pixel * channels + channel));
  if (kind === 'maxPool') return Math.max(...values);
  return values.reduce((total, value) => total + value, 0) / values.length;
}

function convolved(
  { groups, filters, activation }: Conv2dLayer,
  channels: number,
  seen: readonly Seen[],
  x: Float64Array,
  kernel: Values,
  bias: Values,
  filter: number,
): number {
  const inGroup = channels / groups;
  const first = inGroup * Math.floor((filter * groups) / filters);
  let sum = at(bias, filter);
  for (const { pixel, tap } of seen) {
    for (let c = 0; c < inGroup; c++) {
      sum +=
        at(x, pixel * channels + first + c) * at(kernel, (tap * inGroup + c) * filters + filter);
    }
  }
  return activated(sum, activation);
}

/** The pixels within a window, and the place of each in it. */
function windowAt(report: LayerReport, row: number, column: number) {
  const window = windowOf(report);
  assert(typeof window === 'object', 'the layer has a window');
  const { side, strideHeight, padTop, padLeft, inHeight, inWidth } = window;
  const seen: Seen[] = [];
  for (let h = 0; h < side; h++) {
    for (let w = 0; w < side; w++) {
      const [y, x] = [row * strideHeight - padTop + h, column * strideHeight - padLeft + w];
      if (y < 0 || x < 0 || y >= inHeight || x >= inWidth) continue;
      seen.push({ pixel: y * inWidth + x, tap: h * side + w });
    }
  }
  return seen;
}

function activated(sum: number, activation: Extract<Layer, { kind: 'dense' }>['activation']) {
  if (activation === 'linear') return sum;
  return activation === 'relu' ? Math.max(0, sum) : Math.tanh(sum);
}

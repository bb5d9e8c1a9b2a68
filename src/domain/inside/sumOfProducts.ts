import { assert, at } from '../../util/assert.ts';
import { asImage } from '../architecture/shape.ts';
import type { NamedTensor } from '../runs/run.ts';
import type { PlacedLayer } from './places.ts';
import { windowOf } from './receptiveField.ts';
import type { Unit } from './unit.ts';

/** What a unit's filter is laid over, the filter, and what comes of them: `sum = sum of patch[i] * filter[i]`. */
export interface Products {
  /** `[side, side, channels]` of a convolution, of a group's channels alone; `[units in]` of a dense layer. */
  readonly shape: readonly number[];
  /** 0 beside the image. */
  readonly patch: Float32Array;
  readonly filter: Float32Array;
  readonly sum: number;
  readonly bias: number;
  /** Where the patch begins in the input; negative where it reaches over the edge. Of dense layers, 0. */
  readonly top: number;
  readonly left: number;
  /** The first of the channels that the filter sees. */
  readonly firstChannel: number;
}

/** Of a convolution or a dense layer. */
export function sumOfProducts(
  report: PlacedLayer,
  { y, x, channel }: Unit,
  input: Float32Array,
  weights: readonly NamedTensor[],
): Products {
  const { layer, inputShape } = report;
  const part = (name: string) => {
    const tensor = weights.find((weight) => weight.name === `${layer.name}/${name}`);
    assert(tensor, `there is a weight ${layer.name}/${name}`);
    return tensor.values;
  };
  const [kernel, bias] = [part('kernel'), at(part('bias'), channel)];
  const begin = { top: 0, left: 0, firstChannel: 0 };
  if (layer.kind === 'dense') {
    const shape = [input.length];
    const filter = every(kernel, channel, layer.units);
    return { shape, patch: input.slice(), filter, sum: dot(input, filter), bias, ...begin };
  }
  assert(layer.kind === 'conv2d', 'the layer has products');
  const window = windowOf(report);
  assert(typeof window === 'object', 'a convolution has a window');
  const { side, strideHeight, strideWidth, padTop, padLeft } = window;
  const { height, width, channels } = asImage(inputShape);
  const [top, left] = [y * strideHeight - padTop, x * strideWidth - padLeft];
  const inGroup = channels / layer.groups;
  const firstChannel = inGroup * Math.floor((channel * layer.groups) / layer.filters);
  const patch = new Float32Array(side * side * inGroup);
  for (let h = 0; h < side; h++) {
    for (let w = 0; w < side; w++) {
      const [row, column] = [top + h, left + w];
      if (row < 0 || column < 0 || row >= height || column >= width) continue;
      const from = (row * width + column) * channels + firstChannel;
      patch.set(input.subarray(from, from + inGroup), (h * side + w) * inGroup);
    }
  }
  const filter = every(kernel, channel, layer.filters);
  const shape = [side, side, inGroup];
  return { shape, patch, filter, sum: dot(patch, filter), bias, top, left, firstChannel };
}

/** Every `step`-th number from `first` on. */
const every = (values: Float32Array, first: number, step: number) =>
  Float32Array.from({ length: values.length / step }, (_, i) => at(values, first + i * step));

function dot(one: Float32Array, other: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < one.length; i++) sum += at(one, i) * at(other, i);
  return sum;
}

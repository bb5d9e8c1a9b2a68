import { assert, at } from '../../util/assert.ts';
import type { Activation } from '../architecture/activation.ts';
import type { Architecture, LrnLayer } from '../architecture/architecture.ts';
import { asImage } from '../architecture/shape.ts';
import type { NamedTensor } from '../runs/run.ts';
import { placesOf } from './places.ts';
import { windowOf } from './receptiveField.ts';
import { type Products, sumOfProducts } from './sumOfProducts.ts';
import type { Unit } from './unit.ts';

/** What comes out of a layer, or the scaled picture. */
export type ValuesOf = (layer: string) => Float32Array;

/** How one layer made a value out of others; `value` is what came of it. */
export type Step = SumStep | LrnStep | PoolStep | PassingStep;

interface Made {
  readonly unit: Unit;
  readonly value: number;
}

/** `value = activation(sum + bias)`, where `sum` is that of the products. */
export interface SumStep extends Made, Products {
  readonly kind: 'sum';
  readonly activation: Activation;
  /** `sum + bias` */
  readonly before: number;
}

/** `value = input / divisor`, `divisor = (bias + alpha * squares) ^ beta`, with the sum of the neighbours' squares. */
export interface LrnStep extends Made {
  readonly kind: 'lrn';
  readonly input: number;
  /** The same place in the channels around, its own among them, from channel `first` on. */
  readonly neighbours: readonly number[];
  readonly first: number;
  readonly squares: number;
  readonly divisor: number;
}

/** The largest of a window, or the mean; without the places beside the image. */
export interface PoolStep extends Made {
  readonly kind: 'maxPool' | 'avgPool' | 'globalAveragePool';
  readonly window: readonly { readonly y: number; readonly x: number; readonly value: number }[];
  /** Which of them is the largest; of a mean, too, as the one that counts most. */
  readonly chosen: number;
}

/** A number that goes on as it is, or is normalised by statistics of the whole training. */
export interface PassingStep extends Made {
  readonly kind: 'dropout' | 'flatten' | 'batchNorm';
  readonly input: number;
}

/**
 * How the value of a unit came about, from the last sum of products on: `conv1 -> norm1 -> pool1`, of which
 * the pooling tells which place won. Each step's value is the one that the next is made of.
 *
 * @param valuesOf the activations of the layers, `images` being the scaled picture
 * @param weights those of the layers with products
 */
export function unitStory(
  architecture: Architecture,
  unit: Unit,
  valuesOf: ValuesOf,
  weights: readonly NamedTensor[],
): Step[] {
  const places = placesOf(architecture, unit.layer);
  const steps: Step[] = [];
  let wanted: Unit | undefined = unit;
  for (let i = places.length - 1; i >= 0 && wanted; i--) {
    const report = at(places, i);
    const { layer, inputShape } = report;
    const before: string = i === 0 ? 'images' : at(places, i - 1).layer.name;
    const { height, width, channels } = asImage(inputShape);
    const input = valuesOf(before);
    const here: Unit = { ...wanted, layer: layer.name };
    const inputAt = (y: number, x: number, channel: number) =>
      at(input, (y * width + x) * channels + channel);
    switch (layer.kind) {
      case 'conv2d':
      case 'dense': {
        const products = sumOfProducts(report, here, input, weights);
        const sum = products.sum + products.bias;
        const { activation } = layer;
        steps.push({
          ...{ kind: 'sum', unit: here, activation, ...products },
          ...{ before: sum, value: activated(sum, activation) },
        });
        wanted = undefined;
        break;
      }
      case 'lrn':
        steps.push(normalised(layer, here, channels, (c) => inputAt(here.y, here.x, c)));
        wanted = { ...here, layer: before };
        break;
      case 'maxPool':
      case 'avgPool':
      case 'globalAveragePool': {
        const area = windowOf(report);
        const [top, left, side] =
          typeof area === 'object'
            ? [
                here.y * area.strideHeight - area.padTop,
                here.x * area.strideWidth - area.padLeft,
                area.side,
              ]
            : [0, 0, Math.max(height, width)];
        const window: PoolStep['window'][number][] = [];
        for (let y = Math.max(0, top); y < Math.min(height, top + side); y++) {
          for (let x = Math.max(0, left); x < Math.min(width, left + side); x++) {
            window.push({ y, x, value: inputAt(y, x, here.channel) });
          }
        }
        const chosen = window.reduce(
          (best, { value }, n) => (value > at(window, best).value ? n : best),
          0,
        );
        const sum = window.reduce((total, { value }) => total + value, 0);
        const winner = at(window, chosen);
        const value = layer.kind === 'maxPool' ? winner.value : sum / window.length;
        steps.push({ kind: layer.kind, unit: here, window, chosen, value });
        wanted = { ...here, layer: before, y: winner.y, x: winner.x };
        break;
      }
      case 'flatten': {
        const place = Math.floor(here.channel / channels);
        wanted = {
          ...{ layer: before, channel: here.channel % channels },
          ...{ y: Math.floor(place / width), x: place % width },
        };
        const value = at(input, here.channel);
        steps.push({ kind: 'flatten', unit: here, input: value, value });
        break;
      }
      case 'dropout':
      case 'batchNorm': {
        const came = inputAt(here.y, here.x, here.channel);
        const isPassed = layer.kind === 'dropout';
        const value = isPassed
          ? came
          : at(valuesOf(layer.name), (here.y * width + here.x) * channels + here.channel);
        steps.push({ kind: layer.kind, unit: here, input: came, value });
        wanted = { ...here, layer: before };
        break;
      }
    }
  }
  assert(steps.length > 0, 'a unit has a layer');
  return steps.reverse();
}

function normalised(
  { depthRadius, bias, alpha, beta }: LrnLayer,
  unit: Unit,
  channels: number,
  inputOf: (channel: number) => number,
): LrnStep {
  const first = Math.max(0, unit.channel - depthRadius);
  const last = Math.min(channels - 1, unit.channel + depthRadius);
  const neighbours = Array.from({ length: last - first + 1 }, (_, i) => inputOf(first + i));
  const squares = neighbours.reduce((sum, value) => sum + value ** 2, 0);
  const divisor = (bias + alpha * squares) ** beta;
  const input = inputOf(unit.channel);
  return { kind: 'lrn', unit, input, neighbours, first, squares, divisor, value: input / divisor };
}

export function activated(sum: number, activation: Activation): number {
  switch (activation) {
    case 'linear':
      return sum;
    case 'relu':
      return Math.max(0, sum);
    case 'tanh':
      return Math.tanh(sum);
  }
}

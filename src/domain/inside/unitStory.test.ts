import { describe, expect, it } from 'vitest';
import { assert, at } from '../../util/assert.ts';
import { normals, RandomStream } from '../../util/random.ts';
import { buildArchitecture } from '../architecture/architecture.ts';
import { asImage } from '../architecture/shape.ts';
import { describeNetwork, sizeOf, weightSpecs } from '../architecture/shapes.ts';
import { plainForward } from './testing/plainNetwork.ts';
import type { Unit } from './unit.ts';
import { type Step, unitStory } from './unitStory.ts';

const input = { height: 14, width: 14, channels: 3 };
const image = normals(5, RandomStream.initialWeights, 0, sizeOf([14, 14, 3]));

function seen(id: 'alexnet' | 'alexnet-towers' | 'allconv' | 'lenet5', batch = false) {
  const normalization = batch ? ('batch' as const) : ('lrn' as const);
  const choice = { id, width: 1 / 16, input, classes: 3, dropout: 0.5, normalization };
  const architecture = buildArchitecture(choice);
  const weights = weightSpecs(architecture).map(({ name, shape }, i) => {
    const drawn = normals(1, RandomStream.initialWeights, i, sizeOf(shape));
    const sd = Math.sqrt(2 / Math.max(4, sizeOf(shape.slice(0, -1))));
    const values = drawn.map((value) =>
      name.endsWith('variance') ? 1 + Math.abs(value) : value * sd,
    );
    return { name, shape, values };
  });
  const activations = plainForward({ architecture, weights }, image);
  const valuesOf = (layer: string) => {
    if (layer === 'images') return image;
    const values = activations.get(layer);
    assert(values, `the network has a layer ${layer}`);
    return Float32Array.from(values);
  };
  return { architecture, weights, valuesOf };
}

/** What a step says that its value is made of, added up anew. */
function addedUp(step: Step): number {
  switch (step.kind) {
    case 'sum': {
      const products = step.patch.map((value, i) => value * at(step.filter, i));
      const sum = products.reduce((total, product) => total + product, 0) + step.bias;
      if (step.activation === 'linear') return sum;
      return step.activation === 'relu' ? Math.max(0, sum) : Math.tanh(sum);
    }
    case 'lrn':
      return step.input / step.divisor;
    case 'maxPool':
      return Math.max(...step.window.map(({ value }) => value));
    case 'avgPool':
    case 'globalAveragePool':
      return step.window.reduce((sum, { value }) => sum + value, 0) / step.window.length;
    case 'flatten':
    case 'dropout':
      return step.input;
    case 'batchNorm':
      return step.value;
  }
}

describe.each([
  ['alexnet', seen('alexnet')],
  ['alexnet with batch normalisation', seen('alexnet', true)],
  ['alexnet-towers', seen('alexnet-towers')],
  ['allconv', seen('allconv')],
  ['lenet5', seen('lenet5')],
])('the numbers behind a unit of %s', (_, { architecture, weights, valuesOf }) => {
  it('add up to its activation, in each layer, at the edges and within', () => {
    for (const { layer, outputShape } of describeNetwork(architecture).layers) {
      const isImage = outputShape.length === 3;
      const { height, width, channels } = isImage
        ? asImage(outputShape)
        : { height: 1, width: 1, channels: at(outputShape, 0) };
      for (const [y, x] of [
        [0, 0],
        [height - 1, width - 1],
        [height >> 1, width >> 1],
      ] as const) {
        for (const channel of [0, channels >> 1, channels - 1]) {
          const unit: Unit = { layer: layer.name, y, x, channel };
          const steps = unitStory(architecture, unit, valuesOf, weights);
          const activation = at(valuesOf(layer.name), (y * width + x) * channels + channel);
          expect(steps[0]?.kind, layer.name).toBe('sum');
          expect(steps.at(-1)?.value, layer.name).toBeCloseTo(activation, 5);
          for (const step of steps) expect(addedUp(step), step.kind).toBeCloseTo(step.value, 5);
        }
      }
    }
  });
});

it('tells the way from the winner of a pooling back to its products', () => {
  const { architecture, weights, valuesOf } = seen('alexnet');
  const unit = { layer: 'pool1', y: 2, x: 3, channel: 1 };
  const [sum, norm, pool] = unitStory(architecture, unit, valuesOf, weights);
  assert(sum?.kind === 'sum' && norm?.kind === 'lrn' && pool?.kind === 'maxPool', 'three steps');
  const { y, x } = at(pool.window, pool.chosen);
  expect(sum.unit).toEqual({ layer: 'conv1', y, x, channel: 1 });
  expect(norm.input).toBeCloseTo(sum.value, 6);
  expect(pool.value).toBeCloseTo(norm.value, 6);
});

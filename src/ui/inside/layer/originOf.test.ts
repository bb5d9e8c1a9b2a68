import { describe, expect, it } from 'vitest';
import type { Architecture, Layer } from '../../../domain/architecture/architecture.ts';
import { describeNetwork } from '../../../domain/architecture/shapes.ts';
import { at } from '../../../util/assert.ts';
import { originOf } from './originOf.ts';

const convolution: Layer = {
  ...{ kind: 'conv2d', name: 'conv', filters: 4, kernelSize: 3, stride: 1 },
  ...{ padding: 'same', groups: 1, activation: 'relu' },
};
const dense = (name: string): Layer => ({ kind: 'dense', name, units: 10, activation: 'relu' });

/** Where a number of the last layer's input comes from. */
function originIn(layers: readonly Layer[], input: number) {
  const architecture: Architecture = {
    ...{ id: 'imported', classes: 10, layers },
    input: { height: 6, width: 5, channels: 1 },
  };
  const reports = describeNetwork(architecture).layers;
  return originOf(reports, at(reports, reports.length - 1), input);
}

describe('where a number comes from that a layer multiplies', () => {
  it('is a map and a place behind a flattening, of the picture too', () => {
    const flatten: Layer = { kind: 'flatten', name: 'flatten' };
    const behindMaps = originIn([convolution, flatten, dense('fc')], 4 * 7 + 3);
    expect(behindMaps).toEqual({ kind: 'place', map: 3, row: 1, column: 2 });
    const behindPixels = originIn([flatten, dense('fc')], 7);
    expect(behindPixels).toEqual({ kind: 'place', map: 0, row: 1, column: 2 });
  });

  it('is a map behind its mean', () => {
    const mean: Layer = { kind: 'globalAveragePool', name: 'mean' };
    const dropout: Layer = { kind: 'dropout', name: 'dropout', rate: 0.5 };
    expect(originIn([convolution, mean, dropout, dense('fc')], 2)).toEqual({
      ...{ kind: 'map', map: 2 },
    });
  });

  it('is a unit of a dense layer, a map of a volume, and a pixel of the picture', () => {
    const flatten: Layer = { kind: 'flatten', name: 'flatten' };
    expect(originIn([flatten, dense('one'), dense('two')], 7)).toEqual({ kind: 'unit', unit: 7 });
    expect(originIn([convolution, { ...convolution, name: 'conv2' }], 3)).toEqual({
      ...{ kind: 'map', map: 3 },
    });
    expect(originIn([convolution], 0)).toEqual({ kind: 'pixel' });
  });
});

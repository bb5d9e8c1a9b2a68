import { describe, expect, it } from 'vitest';
import { at } from '../../util/assert.ts';
import { buildArchitecture } from '../architecture.ts';
import { describeNetwork, type LayerReport } from '../shapes.ts';
import { boxOfUnit, reachOf, windowOf } from './reach.ts';

const layersOf = (id: 'alexnet' | 'lenet5' | 'allconv') =>
  describeNetwork(
    buildArchitecture({
      ...{ id, width: 0.125, classes: 10, dropout: 0 },
      input: { height: 28, width: 28, channels: 1 },
    }),
  ).layers;

/** Which rows of the input change a row of the last layer: found by following each through every window. */
function rowsSeen(layers: readonly LayerReport[], row: number): number[] {
  const [{ inputShape }] = layers as [LayerReport];
  return Array.from({ length: at(inputShape, 0) }, (_, input) => input).filter((input) => {
    let moved = new Set([input]);
    for (const { layer, inputShape, outputShape } of layers) {
      const window = windowOf(layer);
      if (!window) continue;
      const [size, out] = [at(inputShape, 0), at(outputShape, 0)];
      const total = Math.max(0, (out - 1) * window.stride + window.side - size);
      const before =
        window.padding === 'same' ? Math.floor(total / 2) : Number(window.padding) || 0;
      const next = new Set<number>();
      for (let unit = 0; unit < out; unit++) {
        for (let k = 0; k < window.side; k++) {
          if (moved.has(unit * window.stride - before + k)) next.add(unit);
        }
      }
      moved = next;
    }
    return moved.has(row);
  });
}

describe.each(['alexnet', 'lenet5', 'allconv'] as const)('what units of %s see', (id) => {
  const layers = layersOf(id).filter(({ outputShape }) => outputShape.length === 3);

  it('is what changes them', () => {
    for (let count = 1; count <= layers.length; count++) {
      const chain = layers.slice(0, count);
      const side = at(at(chain, count - 1).outputShape, 0);
      for (const row of [0, Math.floor(side / 2), side - 1]) {
        const seen = rowsSeen(chain, row);
        const { top, bottom } = reachOf(chain, boxOfUnit(row, 0));
        const onImage = [Math.max(0, top), Math.min(27, bottom)];
        expect(onImage, `${at(chain, count - 1).layer.name} row ${row}`).toEqual([
          ...[Math.min(...seen), Math.max(...seen)],
        ]);
      }
    }
  });
});

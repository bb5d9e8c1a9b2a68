import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Layer } from '../../domain/architecture/architecture.ts';
import { buildArchitecture } from '../../domain/architecture/architecture.ts';
import { describeNetwork } from '../../domain/architecture/shapes.ts';
import { fitsTogether } from './layersSchema.ts';

const input = { height: 16, width: 16, channels: 1 };
const architectureOf = (layers: readonly Layer[]) => {
  const last = describeNetworkOf(layers).layers.at(-1)?.outputShape ?? [];
  return { id: 'imported' as const, width: 1, dropout: 0, input, layers, classes: last[0] ?? 0 };
};
const describeNetworkOf = (layers: readonly Layer[]) =>
  describeNetwork(
    buildArchitecture({ id: 'imported', width: 1, dropout: 0, input, classes: 10, layers }),
  );

const side = fc.constantFrom(1, 2, 3, 64);
const padding = fc.constantFrom('same' as const, 'valid' as const);
const named = (layer: object, index: number) => ({ ...layer, name: `layer${index}` }) as Layer;
const layers = fc
  .array(
    fc.oneof(
      fc.record({
        ...{
          kind: fc.constant('conv2d'),
          filters: fc.constantFrom(1, 10, 65_536),
          kernelSize: side,
        },
        ...{
          stride: side,
          padding,
          groups: fc.constantFrom(1, 2, 3),
          activation: fc.constant('relu'),
        },
      }),
      fc.record({
        ...{ kind: fc.constantFrom('maxPool', 'avgPool'), poolSize: side, stride: side, padding },
      }),
      fc.constant({ kind: 'dense', units: 10, activation: 'linear' }),
      fc.constant({ kind: 'lrn', depthRadius: 1, bias: 1, alpha: 1, beta: 1 }),
      fc.constant({ kind: 'batchNorm', momentum: 0.9, epsilon: 1e-3 }),
      fc.constantFrom({ kind: 'globalAveragePool' }, { kind: 'flatten' }),
      fc.constant({ kind: 'dropout', rate: 0.5 }),
    ),
    { minLength: 1, maxLength: 6 },
  )
  .map((drawn) => drawn.map(named));

describe('layers out of a file', () => {
  it('fit together or do not, and where they do there is a network', () => {
    fc.assert(
      fc.property(layers, (drawn) => {
        const choice = { id: 'imported' as const, width: 1, dropout: 0, input, classes: 10 };
        if (!fitsTogether({ ...choice, layers: drawn })) return;
        expect(describeNetworkOf(drawn).layers.at(-1)?.outputShape).toEqual([10]);
      }),
      { numRuns: 2000 },
    );
  });

  // Other programs flatten over channels first, and know of no layer between that such an order matters to.
  it.each([
    [3, ['flatten', 'dense'], true],
    [3, ['flatten', 'dropout', 'dense'], true],
    [3, ['flatten', 'batchNorm', 'dense'], false],
    [1, ['flatten', 'batchNorm', 'dense'], true],
    [3, ['flatten'], false],
    [1, ['flatten'], true],
  ])(
    'see a flattening of %i channels in an order that all files can have: %j',
    (filters, kinds, fits) => {
      const conv = {
        ...{ kind: 'conv2d', filters, kernelSize: 8, stride: 8, padding: 'valid' },
        ...{ groups: 1, activation: 'relu' },
      };
      const rest = kinds.map((kind) => ({
        ...{ kind, units: 10, activation: 'linear', rate: 0.5, momentum: 0.9, epsilon: 1e-3 },
      }));
      expect(fitsTogether(architectureOf([conv, ...rest].map(named)))).toBe(fits);
    },
  );
});

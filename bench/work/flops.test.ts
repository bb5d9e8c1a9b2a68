import { describe, expect, it } from 'vitest';
import { buildArchitecture } from '../../src/domain/architecture/architecture.ts';
import { describeNetwork } from '../../src/domain/architecture/shapes.ts';
import { operationsOf, stepFlops } from './operations.ts';

const input = { height: 28, width: 28, channels: 1 };
const alexnet = (width: number) =>
  buildArchitecture({ id: 'alexnet', width, input, classes: 10, dropout: 0 });

describe('the FLOPs of a step', () => {
  it('are three products a layer, but for the input of the first', () => {
    const { padded } = stepFlops(alexnet(1 / 4), 32);
    expect(padded / 1e9).toBeCloseTo(3.96, 2);
  });

  it('are fewer without the taps on the padding', () => {
    const { padded, inside } = stepFlops(alexnet(1 / 4), 32);
    // Counted by hand for this network: a fifth less.
    expect(padded / inside).toBeCloseTo(1.186, 2);
  });

  it('are those of its operations, each counted in both ways', () => {
    const operations = operationsOf(describeNetwork(alexnet(1 / 4)).layers, 32);
    const sum = operations.reduce((all, { flops }) => all + flops.inside, 0);
    expect(sum).toBe(stepFlops(alexnet(1 / 4), 32).inside);
    const conv = operations.filter(({ flops }) => flops.inside < flops.padded);
    expect(new Set(conv.map(({ name }) => name)).size).toBeGreaterThan(3);
  });

  it('are the same where nothing is padded', () => {
    const architecture = {
      ...{ id: 'lenet5' as const, input, classes: 10 },
      layers: buildArchitecture({
        id: 'lenet5',
        width: 1,
        input,
        classes: 10,
        dropout: 0,
      }).layers.map((layer) =>
        layer.kind === 'conv2d' ? { ...layer, padding: 'valid' as const } : layer,
      ),
    };
    const { padded, inside } = stepFlops(
      { ...architecture, layers: architecture.layers.slice(0, 2) },
      3,
    );
    expect(inside).toBe(padded);
    expect(padded).toBe(2 * 3 * 2 * (24 * 24 * 5 * 5 * 6));
  });
});

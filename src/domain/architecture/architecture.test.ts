import { describe, expect, it } from 'vitest';
import { type Architecture, buildArchitecture, originalAlexnet, widths } from './architecture.ts';
import { describeNetwork } from './shapes.ts';

const mnist = { height: 28, width: 28, channels: 1 };
const alexnet = (width: number, classes = 10): Architecture =>
  buildArchitecture({ id: 'alexnet', width, input: mnist, classes, dropout: 0.5 });

const unitsOf = ({ layers }: Architecture) =>
  layers.flatMap((layer) =>
    layer.kind === 'conv2d' ? [layer.filters] : layer.kind === 'dense' ? [layer.units] : [],
  );

describe("the tutorial's AlexNet", () => {
  it('is in the order of the tutorial', () => {
    expect(
      alexnet(1)
        .layers.map(({ name }) => name)
        .join(' '),
    ).toBe(
      'conv1 norm1 pool1 conv2 norm2 pool2 conv3 conv4 conv5 pool5 flatten fc6 drop6 fc7 drop7 fc8',
    );
  });

  it.each([
    ['lrn', ['lrn', 'lrn']],
    ['batch', ['batchNorm', 'batchNorm']],
    ['none', []],
  ] as const)('normalises in the same two places, or nowhere: %s', (normalization, kinds) => {
    const { layers } = buildArchitecture({
      ...{ id: 'alexnet', width: 1, input: mnist, classes: 10, dropout: 0.5, normalization },
    });
    const norms = layers.filter(({ name }) => name.startsWith('norm'));
    expect(norms.map(({ kind }) => kind)).toEqual(kinds);
    expect(layers.filter((layer) => !norms.includes(layer))).toEqual(
      alexnet(1).layers.filter(({ kind }) => kind !== 'lrn'),
    );
  });

  it('multiplies every channel and hidden unit by its width, never the classes', () => {
    expect(unitsOf(alexnet(1))).toEqual([96, 256, 384, 384, 256, 4096, 4096, 10]);
    expect(unitsOf(alexnet(0.5))).toEqual([48, 128, 192, 192, 128, 2048, 2048, 10]);
    expect(unitsOf(alexnet(0.25))).toEqual([24, 64, 96, 96, 64, 1024, 1024, 10]);
    expect(unitsOf(alexnet(0.125))).toEqual([12, 32, 48, 48, 32, 512, 512, 10]);
    expect(unitsOf(alexnet(1e-9, 47))).toEqual([1, 1, 1, 1, 1, 1, 1, 47]);
  });

  it('gets smaller with every width that is offered', () => {
    const parameters = widths.map((width) => describeNetwork(alexnet(width)).parameters);
    expect(parameters).toEqual([...parameters].sort((a, b) => b - a));
    expect(parameters[0]).toBe(37_327_562);
  });

  it('carries its dropout rate in both hidden dense layers', () => {
    const { layers } = buildArchitecture({
      ...{ id: 'alexnet', width: 1, input: mnist, classes: 10, dropout: 0.3 },
    });
    expect(layers.filter((layer) => layer.kind === 'dropout')).toEqual([
      { kind: 'dropout', name: 'drop6', rate: 0.3 },
      { kind: 'dropout', name: 'drop7', rate: 0.3 },
    ]);
  });

  it('ends in logits', () => {
    for (const architecture of [alexnet(1), originalAlexnet]) {
      expect(architecture.layers.at(-1)).toMatchObject({ kind: 'dense', activation: 'linear' });
    }
  });
});

describe('every network', () => {
  it('names each layer once', () => {
    for (const id of ['alexnet', 'lenet5', 'alexnet-original'] as const) {
      const { layers } = buildArchitecture({ id, width: 1, input: mnist, classes: 10, dropout: 0 });
      const names = layers.map(({ name }) => name);
      expect(new Set(names).size).toBe(names.length);
    }
  });
});

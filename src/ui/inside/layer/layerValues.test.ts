import { describe, expect, it } from 'vitest';
import { buildArchitecture } from '../../../domain/architecture/architecture.ts';
import { describeNetwork } from '../../../domain/architecture/shapes.ts';
import type { Inspection } from '../../../domain/inside/inspection.ts';
import { valuesIn } from './layerValues.ts';

const networkOf = (channels: 1 | 3) =>
  describeNetwork(
    buildArchitecture({
      ...{ id: 'lenet5', width: 1, classes: 10, dropout: 0 },
      input: { height: 12, width: 12, channels },
    }),
  );
const lookAt = (pixels: Uint8Array): Inspection => ({
  ...{ runId: 'r', step: 1, layers: [] },
  ...{ pixels, logits: new Float32Array(10), probabilities: new Float32Array(10) },
});
const scaling = { kind: 'minmax' as const, offset: 1, factor: 2 };
const images = (channels: 1 | 3, pixels: Uint8Array) =>
  valuesIn(lookAt(pixels), networkOf(channels), scaling)('images');

describe('the numbers that the first layer is given', () => {
  const grey = Uint8Array.from({ length: 144 }, (_, i) => i);

  it('are the pixels as they are scaled', () => {
    expect([...images(1, grey).slice(0, 3)]).toEqual([-2, 0, 2]);
  });

  it('are of a grey picture the same in every channel of a network of colours', () => {
    const values = images(3, grey);
    expect(values.length).toBe(432);
    expect([...values.slice(0, 6)]).toEqual([-2, -2, -2, 0, 0, 0]);
    expect([...values.slice(-3)]).toEqual([284, 284, 284]);
  });

  it('are of a picture in colours its own', () => {
    const colours = Uint8Array.from({ length: 432 }, (_, i) => i % 200);
    expect([...images(3, colours).slice(0, 3)]).toEqual([-2, 0, 2]);
  });
});

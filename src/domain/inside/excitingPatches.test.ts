import { describe, expect, it } from 'vitest';
import { buildArchitecture } from '../architecture/architecture.ts';
import { excitingPatches, neverActive } from './excitingPatches.ts';

const architecture = buildArchitecture({
  ...{ id: 'lenet5', width: 1, classes: 10, dropout: 0 },
  input: { height: 28, width: 28, channels: 1 },
});
/** Every pixel is its place, of the second image ones more. */
const pixels = Uint8Array.from({ length: 2 * 784 }, (_, i) => (i % 784) % 250);
pixels.fill(251, 784);
const found = {
  ...{ runId: 'run', step: 10, layer: 'conv1', units: 2, top: 2, images: 5 },
  active: Uint32Array.of(2, 0),
  values: Float32Array.of(3, 1.5, 0, 0),
  ys: Uint16Array.of(0, 10, 0, 0),
  xs: Uint16Array.of(0, 20, 0, 0),
  imageOf: Uint16Array.of(0, 1, 0, 0),
  shown: { indices: Uint32Array.of(4, 17), labels: Uint16Array.of(6, 1), pixels },
};

describe('what excites a unit most', () => {
  it('is what it sees there, cut off at the edges of the image', () => {
    const [first, second, none] = excitingPatches(found, architecture, 0);
    // conv1 of LeNet-5 has windows of 5 x 5 with two pixels of padding.
    expect(first).toMatchObject({ image: 4, label: 6, value: 3 });
    expect(first?.field).toEqual({ top: 0, left: 0, bottom: 2, right: 2 });
    expect([...(first?.pixels ?? [])]).toEqual([0, 1, 2, 28, 29, 30, 56, 57, 58]);
    expect(second).toMatchObject({ image: 17, label: 1, value: 1.5 });
    expect(second?.field).toEqual({ top: 8, left: 18, bottom: 12, right: 22 });
    expect(second?.pixels).toEqual(new Uint8Array(25).fill(251));
    expect(none).toBeUndefined();
  });

  it('is nothing where the unit never answers, which is counted', () => {
    expect(excitingPatches(found, architecture, 1)).toEqual([]);
    expect(neverActive(found)).toEqual([1]);
  });
});

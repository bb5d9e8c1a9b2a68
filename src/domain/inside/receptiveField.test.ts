import { describe, expect, it } from 'vitest';
import { at } from '../../util/assert.ts';
import { type Architecture, buildArchitecture } from '../architecture/architecture.ts';
import { asImage } from '../architecture/shape.ts';
import { describeNetwork, sizeOf, weightSpecs } from '../architecture/shapes.ts';
import { type Field, receptiveField } from './receptiveField.ts';
import { type Plain, plainForward } from './testing/plainNetwork.ts';

const SIDE = 12;

/** All weights positive and all functions growing: no path from a pixel to a unit is hidden. */
function growing(architecture: Architecture): Plain {
  const layers = architecture.layers.map((layer) => {
    if (layer.kind === 'conv2d') return { ...layer, activation: 'linear' as const };
    // Its maximum hides all pixels but one.
    return layer.kind === 'maxPool' ? { ...layer, kind: 'avgPool' as const } : layer;
  });
  const plain = { ...architecture, layers };
  const weights = weightSpecs(plain).map(({ name, shape }) => {
    const count = sizeOf(shape);
    return { name, shape, values: new Float32Array(count).fill(1 / Math.sqrt(count)) };
  });
  return { architecture: plain, weights };
}

/** Changes one pixel after the other, and sees what of each layer's first channel changes with it. */
function fieldsByTrial(plain: Plain, layers: readonly string[]): Map<string, Field> {
  const blank = plainForward(plain, new Float64Array(SIDE * SIDE));
  const fields = new Map<string, Field>();
  for (let pixel = 0; pixel < SIDE * SIDE; pixel++) {
    const image = new Float64Array(SIDE * SIDE);
    image[pixel] = 1;
    const lit = plainForward(plain, image);
    const [row, column] = [Math.floor(pixel / SIDE), pixel % SIDE];
    for (const report of describeNetwork(plain.architecture).layers) {
      const { name } = report.layer;
      if (!layers.includes(name)) continue;
      const { height, width, channels } = asImage(report.outputShape);
      for (let place = 0; place < height * width; place++) {
        const i = place * channels;
        if (at(lit.get(name) ?? [], i) === at(blank.get(name) ?? [], i)) continue;
        const key = `${name} ${Math.floor(place / width)} ${place % width}`;
        const seen = fields.get(key);
        fields.set(key, {
          top: Math.min(seen?.top ?? row, row),
          left: Math.min(seen?.left ?? column, column),
          bottom: Math.max(seen?.bottom ?? row, row),
          right: Math.max(seen?.right ?? column, column),
        });
      }
    }
  }
  return fields;
}

describe.each(['alexnet', 'alexnet-towers', 'allconv', 'lenet5'] as const)(
  'what the units of %s see',
  (id) => {
    it('are the very pixels that change them', () => {
      const input = { height: SIDE, width: SIDE, channels: 1 };
      // As if each layer had few channels, and no dropping out.
      const built = buildArchitecture({
        ...{ id, width: 1 / 96, input, classes: 2, dropout: 0, normalization: 'none' as const },
      });
      const end = built.layers.findIndex(
        ({ kind }) => kind === 'flatten' || kind === 'globalAveragePool',
      );
      const spatial = { ...built, layers: built.layers.slice(0, end) };
      const names = spatial.layers.map(({ name }) => name);
      const fields = fieldsByTrial(growing(spatial), names);
      expect(fields.size).toBeGreaterThan(SIDE * SIDE);
      for (const [key, field] of fields) {
        const [name = '', y, x] = key.split(' ');
        expect(receptiveField(built, name, Number(y), Number(x)), key).toEqual(field);
      }
      const whole = { top: 0, left: 0, bottom: SIDE - 1, right: SIDE - 1 };
      expect(receptiveField(built, built.layers.at(-1)?.name ?? '', 0, 0)).toEqual(whole);
    });
  },
);

describe('the AlexNet of 2012', () => {
  it('sees 195 pixels with a unit of pool5, as is known of it', () => {
    // Of 224 pixels the padding would be a part.
    const large = buildArchitecture({
      ...{ id: 'alexnet-original', width: 1, classes: 1000, dropout: 0.5 },
      input: { height: 448, width: 448, channels: 3 },
    });
    const side = ({ top, bottom }: Field) => bottom - top + 1;
    const middle = (layer: string, place: number) =>
      side(receptiveField(large, layer, place, place));
    expect(middle('conv1', 20)).toBe(11);
    expect(middle('pool1', 10)).toBe(19);
    expect(middle('conv2', 10)).toBe(51);
    expect(middle('pool2', 6)).toBe(67);
    expect(middle('conv3', 6)).toBe(99);
    expect(middle('conv4', 6)).toBe(131);
    expect(middle('conv5', 6)).toBe(163);
    expect(middle('pool5', 6)).toBe(195);
  });
});

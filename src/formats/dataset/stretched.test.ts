import { describe, expect, it } from 'vitest';
import type { DatasetAssumption } from '../../domain/data/datasetAssumption.ts';
import { encodeIdx } from '../testing/idxFiles.ts';
import { encodeNpy, encodeNpz } from '../testing/npyFiles.ts';
import { decodePngInNode, encodePng } from '../testing/pictureFiles.ts';
import { blobs } from '../testing/sameDataset.ts';
import { readDataset } from './readDataset.ts';

const [COUNT, TEST_COUNT, SIDE] = [12, 4, 16] as const;
const AREA = SIDE * SIDE;
const labels = Uint8Array.from({ length: COUNT }, (_, i) => i % 3);
const testLabels = labels.slice(0, TEST_COUNT);

/** Images of all levels up to `white`, each with white strokes and no two alike. */
function levels(white: number, count: number = COUNT): Uint8Array {
  return Uint8Array.from({ length: count * AREA }, (_, i) => {
    const [image, place] = [Math.floor(i / AREA), i % AREA];
    return place % 5 === image % 5 ? white : (place * (image + 1)) % (white + 1);
  });
}
const inBytes = (pixels: Uint8Array, white: number) =>
  [...pixels].map((value) => Math.round((255 * value) / white));

function formsOf(pixels: Uint8Array): Record<string, Record<string, Uint8Array>> {
  const image = (i: number) => pixels.subarray(i * AREA, (i + 1) * AREA);
  const rows = Array.from(labels, (label, i) => [label, ...image(i)].join(','));
  const header = ['label', ...Array.from({ length: AREA }, (_, i) => `pixel${i}`)].join(',');
  const all = (make: (i: number) => [string, Uint8Array]) =>
    Object.fromEntries(Array.from(labels, (_, i) => make(i)));
  const x = (data: Uint8Array, descr: string) => encodeNpy([COUNT, SIDE, SIDE], data, { descr });
  const y = encodeNpy([COUNT], labels);
  return {
    IDX: {
      'train-images-idx3-ubyte': encodeIdx([COUNT, SIDE, SIDE], pixels),
      'train-labels-idx1-ubyte': encodeIdx([COUNT], labels),
    },
    CSV: { 'a.csv': new TextEncoder().encode(`${[header, ...rows].join('\n')}\n`) },
    npz: { 'a.npz': encodeNpz({ x: x(pixels, '|u1'), y }) },
    'npz of floats': {
      'a.npz': encodeNpz({ x: x(new Uint8Array(Float64Array.from(pixels).buffer), '<f8'), y }),
    },
    pictures: all((i) => [
      `d/${labels[i]}/${10 + i}.png`,
      encodePng({ height: SIDE, width: SIDE, channels: 1 }, image(i)),
    ]),
  };
}

async function read(files: Record<string, Uint8Array>) {
  const set = await readDataset(blobs(files), { decodePicture: decodePngInNode });
  const isStretch = (each: DatasetAssumption) => each.kind === 'stretched';
  return { ...set, told: set.assumptions?.filter(isStretch).map(({ kind: _, ...rest }) => rest) };
}

describe('pixels in fewer levels than a byte has', () => {
  it.each([1, 3, 7, 15, 16, 31, 63, 127])(
    'reach from black to white in every format: 0..%i',
    async (white) => {
      const pixels = levels(white);
      for (const [form, files] of Object.entries(formsOf(pixels))) {
        const { train, told } = await read(files);
        const inOrder = [...train.pixels].sort((a, b) => a - b);
        const expected = inBytes(pixels, white);
        // Pictures come class by class.
        if (form === 'pictures') expect(inOrder).toEqual(expected.sort((a, b) => a - b));
        else expect([...train.pixels], form).toEqual(expected);
        const from = `0..${white}`;
        expect(told, form).toEqual([{ file: expect.any(String), from, to: '0..255' }]);
      }
    },
  );

  it('have one scale over all parts, and are stretched before they are resampled', async () => {
    const test = levels(15, TEST_COUNT);
    const arrays = {
      x_train: encodeNpy([COUNT, SIDE, SIDE], levels(16)),
      y_train: encodeNpy([COUNT], labels),
      x_test: encodeNpy([TEST_COUNT, SIDE, SIDE], test),
      y_test: encodeNpy([TEST_COUNT], testLabels),
    };
    const set = await read({ 'a.npz': encodeNpz(arrays) });
    expect([...set.test.pixels]).toEqual(inBytes(test, 16));
    const small = Uint8Array.from({ length: COUNT * 64 }, (_, i) => (i % 64 < 32 ? 16 : 0));
    const eight = { x: encodeNpy([COUNT, 8, 8], small), y: encodeNpy([COUNT], labels) };
    const { train } = await read({ 'digits.npz': encodeNpz(eight) });
    expect([Math.min(...train.pixels), Math.max(...train.pixels)]).toEqual([0, 255]);
  });

  it.each([
    ['bytes of which one part is light', { x_train: levels(16), x_test: levels(255, TEST_COUNT) }],
    ['noise in the dark, of which one pixel is the lightest', { x_train: inTheDark(16) }],
    ['dark pictures of a level that is no depth', { x_train: levels(12) }],
    ['dark pictures of many levels', { x_train: levels(60) }],
    ['flat pictures', { x_train: new Uint8Array(COUNT * AREA).fill(16) }],
    ['nothing but black', { x_train: new Uint8Array(COUNT * AREA) }],
  ])('are told from %s', async (_, { x_train, x_test }: Record<string, Uint8Array>) => {
    const train = x_train ?? new Uint8Array(0);
    const arrays = {
      x_train: encodeNpy([COUNT, SIDE, SIDE], train),
      y_train: encodeNpy([COUNT], labels),
      ...(x_test && {
        x_test: encodeNpy([TEST_COUNT, SIDE, SIDE], x_test),
        y_test: encodeNpy([TEST_COUNT], testLabels),
      }),
    };
    const set = await read({ 'a.npz': encodeNpz(arrays) });
    expect([[...set.train.pixels], set.told]).toEqual([[...train], []]);
  });

  it.each([
    ['0..1', (value: number) => value / 255],
    ['-1..1', (value: number) => value / 127.5 - 1],
  ])('are told where they were fractions of %s', async (from, fraction) => {
    const floats = Float32Array.from(levels(255), fraction);
    const x = encodeNpy([COUNT, SIDE, SIDE], new Uint8Array(floats.buffer), { descr: '<f4' });
    const { told, train } = await read({
      'a.npz': encodeNpz({ x, y: encodeNpy([COUNT], labels) }),
    });
    expect(told).toEqual([{ file: expect.any(String), from, to: '0..255' }]);
    expect([...train.pixels]).toEqual([...levels(255)]);
  });
});

/** Up to `highest`, which one pixel of all has. */
function inTheDark(highest: number): Uint8Array {
  const pixels = levels(9);
  pixels[77] = highest;
  return pixels;
}

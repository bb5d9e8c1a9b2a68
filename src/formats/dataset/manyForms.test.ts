import { gzipSync, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import type { AssumptionKind } from '../../domain/data/datasetAssumption.ts';
import type { NamedBlob } from '../files/datasetFile.ts';
import { encodeIdx } from '../testing/idxFiles.ts';
import { encodeNpy, encodeNpz } from '../testing/npyFiles.ts';
import { decodePngInNode, encodePng } from '../testing/pictureFiles.ts';
import { blobs } from '../testing/sameDataset.ts';
import { encodeTar } from '../testing/tarFile.ts';
import { encodeZip64 } from '../testing/zip64File.ts';
import { readDataset } from './readDataset.ts';

/** Light strokes on dark ground, ten classes, no two alike; pixels that fractions of 255 give back exactly. */
const COUNT = 200;
const SIDE = 16;
const AREA = SIDE * SIDE;
const labels = Uint8Array.from({ length: COUNT }, (_, i) => (i * 7) % 10);
const pixels = Uint8Array.from({ length: COUNT * AREA }, (_, i) => {
  const [image, place] = [Math.floor(i / AREA), i % AREA];
  const [x, y] = [place % SIDE, Math.floor(place / SIDE)];
  const isInk = x > 3 && x < 12 && y > 3 && y < 12 && (x * (1 + (image % 5)) + y * image) % 7 < 3;
  return isInk ? 200 + (image % 50) : 0;
});
const image = (i: number) => pixels.subarray(i * AREA, (i + 1) * AREA);
const every = <T>(make: (i: number) => T) => Array.from({ length: COUNT }, (_, i) => make(i));

const header = (cells: readonly string[], separator = ',') => cells.join(separator);
const names = Array.from({ length: AREA }, (_, i) => `pixel${i}`);
const csv = (rows: readonly (readonly (string | number)[])[], separator = ',', end = '\n') =>
  rows.map((row) => row.join(separator)).join(end) + end;
const first = every((i) => [labels[i] ?? 0, ...image(i)]);
const images = { 'x.csv': csv(every((i) => [...image(i)])) };

const png = (i: number) => encodePng({ height: SIDE, width: SIDE, channels: 1 }, image(i));
const folders = (root: string) =>
  Object.fromEntries(every((i) => [`${root}/${labels[i]}/${i}.png`, png(i)]));
const npy = encodeNpy([COUNT, SIDE, SIDE], pixels);
const y = encodeNpy([COUNT], labels);
/** The same array, its first axis running fastest. */
const inFortran = Uint8Array.from(pixels, (_, i) => {
  const [n, row, column] = [i % COUNT, Math.floor(i / COUNT) % SIDE, Math.floor(i / COUNT / SIDE)];
  return pixels[(n * SIDE + row) * SIDE + column] ?? 0;
});
/** Whole numbers up to 255, which 16-bit floats hold exactly: sign, exponent and ten bits of fraction. */
const halves = Uint16Array.from(pixels, (value) => {
  if (value === 0) return 0;
  const exponent = Math.floor(Math.log2(value));
  return ((exponent + 15) << 10) | Math.round((value / 2 ** exponent - 1) * 1024);
});
const oneHot = Uint8Array.from({ length: COUNT * 10 }, (_, i) =>
  i % 10 === labels[Math.floor(i / 10)] ? 1 : 0,
);
/** A character of four bytes each, as NumPy keeps texts. */
const words = Uint32Array.from(labels, (label) => 48 + label);
const floats = Float32Array.from(pixels, (value) => value / 255);
const idx = {
  'train-images-idx3-ubyte': encodeIdx([COUNT, SIDE, SIDE], pixels),
  'train-labels-idx1-ubyte': encodeIdx([COUNT], labels),
};
const labelRows = csv(every((i) => [labels[i] ?? 0]));

/** Names of a zip file in Big5, as Windows writes them: 數字 in the place of four letters. */
function inBig5(zip: Uint8Array): Uint8Array {
  const bytes = zip.slice();
  const name = [...'QQQQ'].map((letter) => letter.charCodeAt(0));
  for (let i = 0; i < bytes.length; i++) {
    if (name.every((byte, k) => bytes[i + k] === byte)) bytes.set([0xbc, 0xc6, 0xa6, 0x72], i);
  }
  return bytes;
}

interface Form {
  readonly form: string;
  readonly files: readonly NamedBlob[];
  /** What is taken for granted of it, in order. */
  readonly assumed?: readonly AssumptionKind[];
}

/** Another form that is read gets a line here. */
const forms: readonly Form[] = [
  { form: 'IDX', files: blobs(idx) },
  {
    form: 'IDX, each file twice',
    files: blobs({
      'a.zip': zipSync({
        ...idx,
        ...Object.fromEntries(Object.entries(idx).map(([name, b]) => [`${name}/${name}`, b])),
      }),
    }),
    assumed: ['copiesPassedOver'],
  },
  {
    form: 'IDX and CSV of one set',
    files: blobs({ ...idx, 'train.csv': csv(first) }),
    assumed: ['otherFormPassedOver'],
  },
  {
    form: 'IDX, labels in a CSV file',
    files: blobs({ 'images.idx': idx['train-images-idx3-ubyte'], 'labels.csv': labelRows }),
    assumed: ['labelsByOrder'],
  },
  { form: "CSV, Kaggle's", files: blobs({ 'a.csv': csv([['label', ...names], ...first]) }) },
  { form: 'CSV without a header', files: blobs({ 'a.csv': csv(first) }), assumed: ['labelFirst'] },
  {
    form: 'CSV, labels last',
    files: blobs({ 'a.csv': csv(every((i) => [...image(i), labels[i] ?? 0])) }),
    assumed: ['labelLast'],
  },
  {
    form: 'CSV with semicolons, as Excel writes it',
    files: blobs({ 'a.csv': `sep=;\r\n${csv([['label', ...names], ...first], ';', '\r\n')}` }),
  },
  {
    form: 'CSV with tabs',
    files: blobs({ 'a.tsv': csv([['label', ...names], ...first], '\t') }),
  },
  {
    form: 'CSV of fractions',
    files: blobs({
      'a.csv': `${header(['label', ...names])}\n${csv(every((i) => [labels[i] ?? 0, ...[...image(i)].map((value) => (value / 255).toFixed(6))]))}`,
    }),
    assumed: ['stretched'],
  },
  {
    form: 'CSV, labels in a file of their own',
    files: blobs({ ...images, 'y.csv': labelRows }),
    assumed: ['labelsByOrder'],
  },
  {
    form: 'CSV, labels by running numbers in another order',
    files: blobs({
      ...images,
      'y.csv': `id,label\n${csv(every((i) => [COUNT - i, labels[COUNT - 1 - i] ?? 0]))}`,
    }),
    assumed: ['labelsByOrder'],
  },
  { form: 'npz', files: blobs({ 'a.npz': encodeNpz({ x: npy, y }) }) },
  {
    form: 'npz of fractions',
    files: blobs({
      'a.npz': encodeNpz({
        x: encodeNpy([COUNT, AREA], new Uint8Array(floats.buffer), { descr: '<f4' }),
        y,
      }),
    }),
    assumed: ['stretched'],
  },
  {
    form: 'npz in Fortran order',
    files: blobs({
      'a.npz': encodeNpz({
        x: encodeNpy([COUNT, SIDE, SIDE], inFortran, { fortran: true }),
        y,
      }),
    }),
  },
  {
    form: 'npz of 16-bit floats',
    files: blobs({
      'a.npz': encodeNpz({
        x: encodeNpy([COUNT, SIDE, SIDE], new Uint8Array(halves.buffer), { descr: '<f2' }),
        y,
      }),
    }),
  },
  {
    form: 'npz, labels one-hot',
    files: blobs({ 'a.npz': encodeNpz({ x: npy, y: encodeNpy([COUNT, 10], oneHot) }) }),
  },
  {
    form: 'npz, labels as texts',
    files: blobs({
      'a.npz': encodeNpz({
        x: npy,
        y: encodeNpy([COUNT], new Uint8Array(words.buffer), { descr: '<U1' }),
      }),
    }),
  },
  {
    form: 'npz, channels first',
    files: blobs({ 'a.npz': encodeNpz({ x: encodeNpy([COUNT, 1, SIDE, SIDE], pixels), y }) }),
  },
  {
    form: 'npy with labels in a CSV file',
    files: blobs({ 'x.npy': npy, 'y.csv': `label\n${labelRows}` }),
    assumed: ['labelsByOrder'],
  },
  { form: 'folders', files: blobs(folders('digits')) },
  { form: 'folders in a zip file', files: blobs({ 'a.zip': zipSync(folders('數字')) }) },
  {
    form: 'folders in a tar.gz file',
    files: blobs({ 'a.tar.gz': gzipSync(encodeTar(folders('digits'))) }),
  },
  {
    form: 'folders in a zip file of 64 bits',
    files: blobs({ 'a.zip': encodeZip64(folders('digits')) }),
  },
  {
    form: 'folders in a zip file in Big5',
    files: blobs({ 'a.zip': inBig5(zipSync(folders('QQQQ'))) }),
    assumed: ['codePage'],
  },
  {
    form: 'folders with what an editor left',
    files: blobs({ ...folders('digits'), 'digits/.ipynb_checkpoints/0-checkpoint.png': png(0) }),
    assumed: ['folderHidden'],
  },
  {
    form: 'a folder twice',
    files: blobs({ ...folders('digits'), ...folders('digits/digits') }),
    assumed: ['copiesPassedOver'],
  },
  {
    form: 'pictures with labels by name',
    files: blobs({
      ...Object.fromEntries(every((i) => [`images/${i}.png`, png(i)])),
      'labels.csv': `filename,label\n${csv(every((i) => [`${i}.png`, labels[i] ?? 0]))}`,
    }),
    assumed: ['labelsByName'],
  },
  {
    form: 'black on white',
    files: blobs({
      'a.npz': encodeNpz({
        x: encodeNpy(
          [COUNT, SIDE, SIDE],
          pixels.map((v) => 255 - v),
        ),
        y,
      }),
    }),
    assumed: ['darkOnLight'],
  },
];

describe('two hundred images', () => {
  it.each(forms)('are the same from $form, or what differs is said', async (each) => {
    const { files, assumed = [] } = each;
    const set = await readDataset(files, { decodePicture: decodePngInNode });
    const kinds = (set.assumptions ?? []).map(({ kind }) => kind);
    expect(kinds).toEqual(assumed);
    expect(set.classNames).toEqual([...'0123456789']);
    expect([...set.train.labels]).toEqual([...labels]);
    const expected = assumed.includes('darkOnLight') ? pixels.map((v) => 255 - v) : pixels;
    expect(Buffer.compare(set.train.pixels, expected)).toBe(0);
  });

  it('of two classes, a file each, are taken together', async () => {
    const part = (start: number) =>
      encodeNpy([100, SIDE, SIDE], pixels.slice(start * AREA, (start + 100) * AREA));
    const files = blobs({
      'full_numpy_bitmap_ice cream.npy': part(0),
      'full_numpy_bitmap_cat.npy': part(100),
    });
    const { classNames, train, assumptions } = await readDataset(files);
    expect(classNames).toEqual(['cat', 'ice cream']);
    expect([...train.labels]).toEqual(every((i) => (i < 100 ? 1 : 0)));
    expect(assumptions?.map(({ kind }) => kind)).toEqual(['classPerFile']);
  });

  it('that are called a test set are to be evaluated, unless the user decides otherwise', async () => {
    const files = blobs({
      't10k-images-idx3-ubyte': idx['train-images-idx3-ubyte'],
      't10k-labels-idx1-ubyte': idx['train-labels-idx1-ubyte'],
    });
    const set = await readDataset(files);
    expect([set.train.count, set.test.count]).toEqual([0, COUNT]);
    expect(set.assumptions?.map(({ kind }) => kind)).toEqual(['onlyForTest']);
    const swapped = await readDataset(files, { choices: { roles: 'swapped' } });
    expect([swapped.train.count, swapped.test.count]).toEqual([COUNT, 0]);
  });

  it('are questioned where nothing can be learned from them', async () => {
    const flat = encodeNpy([4, SIDE, SIDE], new Uint8Array(4 * AREA).fill(9));
    const alike = encodeNpy([2, SIDE, SIDE], new Uint8Array([...image(1), ...image(1)]));
    const kindsOf = async (x: Uint8Array, given: readonly number[]) => {
      const y = encodeNpy([given.length], Uint8Array.from(given));
      const { assumptions = [] } = await readDataset(blobs({ 'a.npz': encodeNpz({ x, y }) }));
      return assumptions.map(({ kind }) => kind);
    };
    expect(await kindsOf(flat, [0, 1, 0, 1])).toContain('imagesFlat');
    expect(await kindsOf(alike, [0, 1])).toContain('imagesAlike');
    expect(await kindsOf(npy, new Array<number>(COUNT).fill(3))).toContain('oneClass');
  });

  it('of EMNIST are turned and named in every form', async () => {
    const turnedFirst = every((i) => [labels[i] ?? 0, ...image(i)]);
    for (const files of [
      blobs({ 'emnist-digits-train.csv': csv(turnedFirst) }),
      blobs({ 'emnist-digits.npz': encodeNpz({ x: npy, y }) }),
      blobs({ 'emnist-digits.zip': zipSync(folders('digits')) }),
    ]) {
      const { train, assumptions = [] } = await readDataset(files, {
        decodePicture: decodePngInNode,
      });
      expect(assumptions.map(({ kind }) => kind)).toContain('turned');
      expect(train.pixels[5 * SIDE + 9]).toBe(pixels[9 * SIDE + 5]);
      const stored = await readDataset(files, {
        choices: { orientation: 'asStored' },
        decodePicture: decodePngInNode,
      });
      expect(Buffer.compare(stored.train.pixels, pixels)).toBe(0);
    }
    const letters = blobs({
      'emnist-letters.npz': encodeNpz({
        x: npy,
        y: encodeNpy(
          [COUNT],
          labels.map((l) => l + 1),
        ),
      }),
      'emnist-letters-mapping.txt':
        '1 65 97\n2 66 98\n3 67 99\n4 68 100\n5 69 101\n6 70 102\n7 71 103\n8 72 104\n9 73 105\n10 74 106\n',
    });
    expect((await readDataset(letters)).classNames).toEqual([...'–ABCDEFGHIJ']);
  });
});

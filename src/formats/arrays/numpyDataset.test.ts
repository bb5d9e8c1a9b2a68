import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eachInjects } from '../../util/testing/faults.ts';
import { readDataset } from '../dataset/readDataset.ts';
import { encodeNpy, encodeNpz } from '../testing/npyFiles.ts';
import { blobs } from '../testing/sameDataset.ts';
import { images16 } from '../testing/smallSets.ts';

const read = (files: Record<string, Uint8Array>) => readDataset(blobs(files));
const pixels = images16(3);
const x = encodeNpy([3, 16, 16], pixels);
const other = (first: number) => encodeNpy([3, 16, 16], images16(3).fill(first, 0, 1));
const y = encodeNpy([3], Uint8Array.of(2, 0, 1));
const bytesOf = (array: ArrayBufferView) => new Uint8Array(array.buffer);

/** These numbers from the highest byte to the lowest. */
function bigEndian(array: Float64Array | Int32Array): Uint8Array {
  const bytes = bytesOf(array);
  const size = array.BYTES_PER_ELEMENT;
  return bytes.map((_, i) => bytes[i - (i % size) + size - 1 - (i % size)] ?? 0);
}

describe('arrays of NumPy', () => {
  it("are read as Keras's mnist.npz has them", async () => {
    const arrays = { x_test: x, x_train: encodeNpy([4, 16, 16], images16(4)), y_test: y };
    const y_train = encodeNpy([4], Uint8Array.of(0, 1, 2, 2));
    const set = await read({ 'mnist.npz': encodeNpz({ ...arrays, y_train }) });
    expect([set.name, set.source, set.train.count, set.test.count]).toEqual([
      ...(['mnist', 'NumPy', 4, 3] as const),
    ]);
    expect(set.test.pixels).toEqual(pixels);
    expect([...set.test.labels, ...set.train.labels]).toEqual([2, 0, 1, 0, 1, 2, 2]);
  });

  const unit = Array.from(pixels, (value) => value / 255);
  it.each([
    ['32-bit floats from 0 to 1', '<f4', bytesOf(Float32Array.from(unit))],
    ['64-bit floats from 0 to 1', '<f8', bytesOf(Float64Array.from(unit))],
    ['floats of the other byte order', '>f8', bigEndian(Float64Array.from(unit))],
    ['floats from 0 to 255', '<f4', bytesOf(Float32Array.from(pixels))],
    ['16-bit numbers', '<i2', bytesOf(Int16Array.from(pixels))],
    ['numbers of the other byte order', '>i4', bigEndian(Int32Array.from(pixels))],
    ['64-bit numbers', '<i8', bytesOf(BigInt64Array.from([...pixels].map(BigInt)))],
    ['unsigned 32-bit numbers', '<u4', bytesOf(Uint32Array.from(pixels))],
  ])('may hold %s', async (_, descr, data) => {
    const { train } = await read({ 'x.npy': encodeNpy([3, 16, 16], data, { descr }), 'y.npy': y });
    expect(train.pixels).toEqual(pixels);
  });

  it.each([
    ['a dark test set beside brighter images', 255, 1, 1],
    ['dark training images beside brighter ones', 1, 255, 1],
    ['all from 0 to 1', 1, 1, 255],
    ['all from 0 to 255', 255, 255, 1],
  ])('hold floats of one range in all parts: %s', async (_, train, test, scale) => {
    const floats = (highest: number) =>
      encodeNpy([3, 16, 16], bytesOf(new Float32Array(768).fill(highest)), { descr: '<f4' });
    const labelled = { x_train: floats(train), y_train: y, x_test: floats(test), y_test: y };
    const set = await read({ 'a.npz': encodeNpz(labelled) });
    expect([set.train.pixels[0], set.test.pixels[0]]).toEqual([scale * train, scale * test]);
    const predicted = { x_train: floats(train), y_train: y, x_test: floats(test) };
    const { unlabelled } = await read({ 'a.npz': encodeNpz(predicted) });
    expect(unlabelled?.pixels[0]).toBe(scale * test);
  });

  it('of truth values are black and white', async () => {
    const data = pixels.map((value) => value & 1);
    const images = encodeNpy([3, 16, 16], data, { descr: '|b1' });
    const { train } = await read({ 'x.npy': images, 'y.npy': y });
    expect(train.pixels).toEqual(data.map((value) => 255 * value));
  });

  it.each([
    ['flat', [3, 256], 1],
    ['with a channel at the end', [3, 16, 16, 1], 1],
    ['with a channel before', [3, 1, 16, 16], 1],
    ['in colour, flat', [1, 768], 3],
    ['in colour', [1, 16, 16, 3], 3],
  ])('may be %s', async (_, shape, channels) => {
    const { unlabelled } = await read({ 'x.npy': encodeNpy(shape, pixels) });
    expect(unlabelled?.shape).toEqual({ height: 16, width: 16, channels });
    expect(unlabelled?.pixels).toEqual(pixels);
  });

  it('with colours before pixels have them put beside each other', async () => {
    const { unlabelled } = await read({ 'x.npy': encodeNpy([1, 3, 16, 16], pixels) });
    expect([...(unlabelled?.pixels.subarray(0, 3) ?? [])]).toEqual([
      ...[pixels[0], pixels[256], pixels[512]],
    ]);
  });

  it.each(['<f2', '>f2'])('may hold 16-bit floats: %s', async (descr) => {
    // 0, 2^-24, 0.5, 1 - 2^-11 and 1, by their bits.
    const bits = [0x0000, 0x0001, 0x3800, 0x3bff, 0x3c00];
    const data = new Uint8Array(512);
    const view = new DataView(data.buffer);
    for (const [i, each] of bits.entries()) view.setUint16(2 * i, each, descr === '<f2');
    const { unlabelled } = await read({ 'x.npy': encodeNpy([1, 16, 16], data, { descr }) });
    expect([...(unlabelled?.pixels.subarray(0, 5) ?? [])]).toEqual([0, 0, 128, 255, 255]);
  });

  it('with the first index running fastest are put in order, whatever their shape', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom([3, 16, 16], [3, 256], [1, 16, 16, 3], [3, 1, 16, 16], [2, 16, 24]),
        fc.constantFrom('|u1', '<i4'),
        async (shape, descr) => {
          const values = images16(3);
          const size = descr === '|u1' ? 1 : 4;
          const data = new Uint8Array(size * values.length);
          // By what Fortran's order is: the place of an element grows with the extents before its axis.
          for (const [index, value] of values.entries()) {
            let [rest, place] = [index, 0] as [number, number];
            for (let axis = shape.length - 1; axis >= 0; axis--) {
              const extent: number = shape[axis] ?? 1;
              const before = shape.slice(0, axis).reduce<number>((a, b) => a * b, 1);
              place += (rest % extent) * before;
              rest = Math.floor(rest / extent);
            }
            data[size * place] = value;
          }
          const inC = await read({ 'x.npy': encodeNpy(shape, values) });
          const array = encodeNpy(shape, data, { descr, fortran: true });
          const inFortran = await read({ 'x.npy': array });
          expect(inFortran.unlabelled).toEqual(inC.unlabelled);
        },
      ),
      { numRuns: 20 },
    );
  });

  it.each([
    ['from -1 to 1', [-1, 0, 1], [0, 128, 255]],
    ['a little beyond 1', [0, 0.5, 1.0000001], [0, 128, 255]],
    ['fractions up to 255', [0, 99.6, 255], [0, 100, 255]],
  ])('may be floats %s', async (_, some, expected) => {
    const floats = new Float32Array(256).map((_, i) => some[i % 3] ?? 0);
    const images = encodeNpy([1, 16, 16], bytesOf(floats), { descr: '<f4' });
    const { unlabelled } = await read({ 'x.npy': images });
    expect([...(unlabelled?.pixels.subarray(0, 3) ?? [])]).toEqual(expected);
  });

  const four = (text: string) =>
    [...text].flatMap((letter) => [letter.codePointAt(0) ?? 0, 0, 0, 0]);
  it.each([
    ['in ASCII', '|S3', [...'ox\0', ...'ant', ...'ox\0'].map((letter) => letter.charCodeAt(0))],
    ['in Unicode', '<U3', four('ox\0antox\0')],
    [
      'from the highest byte on',
      '>U3',
      four('ox\0antox\0').map((_, i, all) => all[i - (i % 4) + 3 - (i % 4)] ?? 0),
    ],
  ])('may have words for labels, %s', async (_, descr, data) => {
    const labels = encodeNpy([3], Uint8Array.from(data), { descr });
    const { train, classNames } = await read({ 'x.npy': x, 'y.npy': labels });
    expect([classNames, [...train.labels]]).toEqual([
      ['ant', 'ox'],
      [1, 0, 1],
    ]);
  });

  it('may have the same words in other places for testing', async () => {
    const words = (text: string) => encodeNpy([3], Uint8Array.from(four(text)), { descr: '<U1' });
    const arrays = { x_train: x, y_train: words('cab'), x_test: x, y_test: words('bcb') };
    const { train, test, classNames } = await read({ 'a.npz': encodeNpz(arrays) });
    expect(classNames).toEqual(['a', 'b', 'c']);
    expect([[...train.labels], [...test.labels]]).toEqual([
      [2, 0, 1],
      [1, 2, 1],
    ]);
  });

  it('have names of their classes beside labels that are numbers', async () => {
    const class_names = encodeNpy([3], Uint8Array.from(four('xyz')), { descr: '<U1' });
    const { classNames } = await read({ 'a.npz': encodeNpz({ x, y, class_names }) });
    expect(classNames).toEqual(['x', 'y', 'z']);
  });

  it.each([
    ['channels', [7, 32, 32, 3], 3],
    ['columns', [30, 28, 28], 28],
  ] as const)(
    'do not lie along an axis that has as many %s as there are names',
    async (_, [count, ...sides], many) => {
      const size = sides.reduce<number>((product, extent) => product * extent, 1);
      const images = (of: number) =>
        encodeNpy([of, ...sides], new Uint8Array(of * size).fill(9, 1));
      const names = Array.from({ length: many }, (_, i) => String.fromCharCode(65 + i));
      const class_names = encodeNpy([many], Uint8Array.from(four(names.join(''))), {
        descr: '<U1',
      });
      const y_train = encodeNpy(
        [12],
        Uint8Array.from({ length: 12 }, (_, i) => i % 3),
      );
      const labelled = { x_train: images(12), y_train, x_test: images(count) };
      const set = await read({ 'a.npz': encodeNpz({ ...labelled, class_names }) });
      expect([set.train.count, set.unlabelled?.count]).toEqual([12, count]);
      expect(set.classNames).toEqual(names);
      expect(set.assumptions?.map(({ kind }) => kind)).not.toContain('imagesLast');
    },
  );

  it.each(['|u1', '<f4', '|b1'])(
    'may have a row of ones and zeros for each label: %s',
    async (descr) => {
      const ones = [0, 0, 0, 1, 1, 0, 0, 0, 0, 1, 0, 0];
      const data = descr === '<f4' ? bytesOf(Float32Array.from(ones)) : Uint8Array.from(ones);
      const labels = encodeNpy([3, 4], data, { descr });
      const { train, classNames } = await read({ 'x.npy': x, 'y.npy': labels });
      expect([[...train.labels], classNames]).toEqual([
        [3, 0, 1],
        ['0', '1', '2', '3'],
      ]);
    },
  );

  it('may have labels in a column, of any type', async () => {
    const labels = encodeNpy([3, 1], bytesOf(BigInt64Array.of(2n, 0n, 1n)), { descr: '<i8' });
    expect([...(await read({ 'x.npy': x, 'y.npy': labels })).train.labels]).toEqual([2, 0, 1]);
  });

  it('for validation are left out, and that is told', async () => {
    const arrays = { train_images: x, train_labels: y, val_images: x, val_labels: y };
    const { assumptions } = await read({ 'pathmnist.npz': encodeNpz(arrays) });
    expect(assumptions).toEqual([
      { kind: 'validationLeftOut', file: 'pathmnist.npz/val_images.npy' },
      { kind: 'validationLeftOut', file: 'pathmnist.npz/val_labels.npy' },
    ]);
  });

  it('without labels beside others are to be predicted', async () => {
    const x_test = encodeNpy([2, 16, 16], images16(2));
    const set = await read({ 'a.npz': encodeNpz({ x_test, x_train: x, y_train: y }) });
    expect([set.train.count, set.test.count, set.unlabelled?.count]).toEqual([3, 0, 2]);
  });
});

describe('an array that is not right', () => {
  eachInjects(23, 'an array that is not right');
  const of = (shape: number[], descr: string, array: ArrayBufferView = Float32Array.of()) =>
    encodeNpy(shape, bytesOf(array), { descr });
  it.each<[string, Uint8Array, string]>([
    ['of objects', of([3, 16, 16], '|O'), 'x.npy holds Python objects, which'],
    ['of complex numbers', of([3, 16, 16], '<c8'), 'x.npy holds values of type <c8.'],
    ['of words', of([3, 16, 16], '<U1'), 'x.npy holds values of type U.'],
    ['with five axes', encodeNpy([1, 3, 16, 16, 1], pixels), 'has the shape 1x3x16x16x1.'],
    ['of odd length', encodeNpy([3, 250], pixels), 'x.npy has the shape 3x250.'],
    ['cut off', x.subarray(0, x.length - 8), '768 bytes of data were expected, 760 are there.'],
    ['too long', encodeNpy([3, 16, 16], images16(4)), '768 bytes of data were expected, 1024'],
    ['cut off in its header', x.subarray(0, 40), 'The header of x.npy is not one that NumPy'],
    ['too large', encodeNpy([2 ** 31, 16, 16], pixels), 'would take 549755813888 bytes, more'],
    ['too wide', encodeNpy([1, 4097, 4], pixels), 'has images of 4097x4 pixels'],
    [
      'with NaN',
      of([3, 16, 16], '<f4', new Float32Array(768).fill(Number.NaN, 5)),
      'x.npy has the value NaN at position 5;',
    ],
    ['below 0', of([3, 16, 16], '<i4', new Int32Array(768).fill(-1)), 'has the value -1 at'],
    ['above 255', of([3, 16, 16], '<i2', new Int16Array(768).fill(256)), 'has the value 256'],
    [
      'beyond 32 bits',
      of([3, 16, 16], '<i8', new BigInt64Array(768).fill(2n ** 40n)),
      'has the value 1099511627776 at position 0',
    ],
  ])('(%s) is refused', async (_, array, sentence) => {
    await expect(read({ 'x.npy': array, 'y.npy': y })).rejects.toThrow(sentence);
  });

  it.each<[string, Record<string, Uint8Array>, string]>([
    ['labels alone', { y }, 'These arrays do not make a data set: a.npz/y.npy (3).'],
    [
      'three of images',
      { a: x, b: other(1), c: other(2), y },
      'These arrays do not make a data set',
    ],
    [
      'counts that differ',
      { x, y: encodeNpy([2], Uint8Array.of(0, 1)) },
      'a.npz/x.npy has 3 images but a.npz/y.npy has 2 labels.',
    ],
    [
      'rows of two ones',
      { x, y: encodeNpy([3, 2], Uint8Array.of(1, 0, 1, 1, 0, 1)) },
      'a.npz/y.npy has 2 numbers for each image, but those of item 1 are not a single 1',
    ],
    [
      'columns of two ones',
      { x, y: encodeNpy([2, 3], Uint8Array.of(1, 1, 0, 0, 1, 1)) },
      'a.npz/y.npy has 2 numbers for each image, but those of item 1 are not a single 1',
    ],
    [
      'a column more than images',
      { x, y: encodeNpy([2, 4], Uint8Array.of(1, 0, 0, 1, 0, 1, 1, 0)) },
      'a.npz/x.npy has 3 images but a.npz/y.npy has 2 labels.',
    ],
    [
      'a label of 1.5 in a row',
      { x, y: of([1, 3], '<f4', Float32Array.of(0, 1, 1.5)) },
      'label 1.5',
    ],
    ['a label of 1.5', { x, y: of([3], '<f4', Float32Array.of(0, 1, 1.5)) }, 'the label 1.5 at'],
    ['a label of -1', { x, y: of([3], '|i1', Int8Array.of(0, -1, 1)) }, 'the label -1 at item 1'],
    ['a label of 100', { x, y: encodeNpy([3], Uint8Array.of(0, 1, 100)) }, 'the label 100 at'],
  ])('(%s) is refused', async (_, arrays, sentence) => {
    await expect(read({ 'a.npz': encodeNpz(arrays) })).rejects.toThrow(sentence);
  });
});

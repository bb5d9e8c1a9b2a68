import { describe, expect, it } from 'vitest';
import { readDataset } from '../dataset/readDataset.ts';
import { encodeNpy, encodeNpz } from '../testing/npyFiles.ts';
import { blobs } from '../testing/sameDataset.ts';
import { images16 } from '../testing/smallSets.ts';

const read = (files: Record<string, Uint8Array>) => readDataset(blobs(files));

describe('arrays of NumPy beside labels in rows or, as MATLAB has them, in columns', () => {
  const classes = [3, 0, 2, 1, 0];
  const all = images16(5);
  const last = Uint8Array.from(
    { length: 1280 },
    (_, i) => all[(i % 5) * 256 + Math.floor(i / 5)] ?? 0,
  );
  const hot = (label: number | undefined, place: number) => (label === place ? 1 : 0);
  const inRows = Uint8Array.from({ length: 20 }, (_, i) => hot(classes[i >> 2], i % 4));
  const inColumns = Uint8Array.from({ length: 20 }, (_, i) =>
    hot(classes[i % 5], Math.floor(i / 5)),
  );
  const whole = Uint8Array.from(classes);
  const letters = Uint8Array.from(classes, (label) => 97 + label);
  const images = [
    ['first', encodeNpy([5, 16, 16], all), []],
    ['first, flat', encodeNpy([5, 256], all), []],
    ['first, with a channel', encodeNpy([5, 16, 16, 1], all), []],
    ['last', encodeNpy([16, 16, 5], last), ['imagesLast']],
    ['last, with a channel', encodeNpy([16, 16, 1, 5], last), ['imagesLast']],
  ] as const;
  const labels = [
    ['(n, 1)', encodeNpy([5, 1], whole), []],
    ['(n, classes)', encodeNpy([5, 4], inRows), []],
    ['(1, n)', encodeNpy([1, 5], whole), ['labelsLast']],
    ['(classes, n)', encodeNpy([4, 5], inColumns), ['labelsLast']],
    // In this order the first index runs fastest: what is a row there is a column here.
    ['(classes, n) of Fortran', encodeNpy([4, 5], inRows, { fortran: true }), ['labelsLast']],
    ['(1, n) of words', encodeNpy([1, 5], letters, { descr: '|S1' }), ['labelsLast']],
  ] as const;
  const pairs = images.flatMap(([axis, X, ofImages]) =>
    labels.map(([form, y, ofLabels]) => ({
      axis,
      form,
      X,
      y,
      kinds: [...ofImages, ...ofLabels],
    })),
  );
  it.each(pairs)('are the same set: images $axis, labels $form', async ({ X, y, kinds }) => {
    const { train, assumptions } = await read({ 'a.npz': encodeNpz({ X, y }) });
    expect([[...train.labels], train.shape]).toEqual([
      classes,
      { height: 16, width: 16, channels: 1 },
    ]);
    expect(train.pixels).toEqual(all);
    expect(assumptions?.map(({ kind }) => kind) ?? []).toEqual(kinds);
  });

  it('are told from a small image by their names', async () => {
    const X = encodeNpy([16, 256], images16(16));
    const sixteen = encodeNpy(
      [1, 16],
      Uint8Array.from({ length: 16 }, (_, i) => i % 3),
    );
    const { train } = await read({ 'a.npz': encodeNpz({ X, y: sixteen }) });
    expect([...train.labels]).toEqual(Array.from({ length: 16 }, (_, i) => i % 3));
  });

  it('have more images than there may be classes', async () => {
    const of = (i: number) => (7 * i) % 10;
    const X = encodeNpy([160, 16, 16], images16(160));
    const ones = Uint8Array.from({ length: 1600 }, (_, i) => hot(of(i % 160), Math.floor(i / 160)));
    const { train } = await read({ 'a.npz': encodeNpz({ X, y: encodeNpy([10, 160], ones) }) });
    expect([...train.labels]).toEqual(Array.from({ length: 160 }, (_, i) => of(i)));
  });

  it('of training and testing have as many as the images of each', async () => {
    const ten = encodeNpy(
      [1, 10],
      Uint8Array.from({ length: 10 }, (_, i) => i % 4),
    );
    const arrays = { X_train: encodeNpy([10, 16, 16], images16(10)), y_train: ten };
    const X_test = encodeNpy([5, 16, 16], all);
    const y_test = encodeNpy([4, 5], inColumns);
    const { train, test } = await read({ 'a.npz': encodeNpz({ ...arrays, X_test, y_test }) });
    expect([train.count, [...test.labels]]).toEqual([10, classes]);
  });

  it('are rows where there are as many images as classes, and that is told', async () => {
    // Image 0 is of class 1, 1 of 2, 2 of 0; read by columns it would be 2, 0, 1.
    const ones = Uint8Array.of(0, 1, 0, 0, 0, 1, 1, 0, 0);
    const square = encodeNpy([3, 3], ones);
    const { train, assumptions } = await read({
      'a.npz': encodeNpz({ x: encodeNpy([3, 16, 16], images16(3)), y: square }),
    });
    expect([...train.labels]).toEqual([1, 2, 0]);
    expect(assumptions).toEqual([{ kind: 'labelsSquare', file: 'a.npz/y.npy', shape: '3x3' }]);
  });
});

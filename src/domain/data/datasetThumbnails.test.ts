import { describe, expect, it } from 'vitest';
import type { Dataset } from './dataset.ts';
import { pickImages } from './datasetThumbnails.ts';

const shape = { height: 16, width: 16, channels: 1 };
const images = (labels: readonly number[]) => ({
  ...{ shape, count: labels.length, labels: Uint16Array.from(labels) },
  pixels: new Uint8Array(labels.length * 256),
});
const dataset: Dataset = {
  name: 'pets',
  classNames: ['cat', 'dog'],
  train: images([0, 1, 0, 1, 1]),
  test: images([1, 0]),
  unlabelled: images([0, 0, 0]),
};

describe('the images that stand for a class', () => {
  it('are its first training images, no more than asked for', () => {
    expect(pickImages(dataset, 'dog', 2).indices).toEqual([1, 3]);
    expect(pickImages(dataset, 'dog', 9).indices).toEqual([1, 3, 4]);
  });

  it('are those of them that validate, in their order, where these are given', () => {
    const validation = Uint32Array.of(4, 2, 3);
    expect(pickImages(dataset, 'dog', 9, validation).indices).toEqual([4, 3]);
    expect(pickImages(dataset, 'dog', 1, validation).indices).toEqual([4]);
    expect(pickImages(dataset, 'cat', 9, validation)).toEqual({
      ...{ pixels: dataset.train.pixels, indices: [2] },
    });
  });

  it('are training images, and no test images, of a class of which none validates', () => {
    const picked = pickImages(dataset, 'cat', 9, Uint32Array.of(3, 4));
    expect(picked).toEqual({ pixels: dataset.train.pixels, indices: [0, 2] });
  });

  it('are test images where there are none to train on', () => {
    const onlyTest = { ...dataset, train: images([]) };
    const picked = pickImages(onlyTest, 'cat', 2);
    expect(picked).toEqual({ pixels: dataset.test.pixels, indices: [1] });
    expect(pickImages(onlyTest, 'cat', 2, new Uint32Array())).toEqual(picked);
  });

  it('are the first of all where nothing has a label', () => {
    const none = { ...dataset, train: images([]), test: images([]) };
    expect(pickImages(none, '', 2)).toEqual({
      pixels: dataset.unlabelled?.pixels,
      indices: [0, 1],
    });
  });
});

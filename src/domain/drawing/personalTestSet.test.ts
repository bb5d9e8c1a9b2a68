import { describe, expect, it } from 'vitest';
import { permutation, RandomStream } from '../../util/random.ts';
import type { LabelledImages } from '../data/dataset.ts';
import { splitTraining } from '../data/split.ts';
import { prepareDigit } from '../reading/digit.ts';
import type { LabelledDrawing } from './drawings.ts';
import {
  asDrawing,
  drawnImages,
  keptDrawing,
  mixedImages,
  newDrawings,
} from './personalTestSet.ts';

/** A bar, upright, in a picture of 40 by 40. */
function bar(paper: number, ink: number): Uint8Array {
  return Uint8Array.from({ length: 1600 }, (_, i) => {
    const [x, y] = [i % 40, Math.floor(i / 40)];
    return Math.abs(x - 20) < 3 && Math.abs(y - 20) < 12 ? ink : paper;
  });
}

const drawing: LabelledDrawing = {
  ...{ id: 'one', createdAt: 1, className: '1', width: 40, height: 40 },
  pixels: bar(0, 255),
};

describe('a picture that is kept', () => {
  it('has its ink light on black, whichever it was', () => {
    const ofPen = asDrawing({ width: 40, height: 40, pixels: bar(250, 20), ink: 'auto' });
    expect(ofPen).toEqual({ width: 40, height: 40, pixels: drawing.pixels });
  });

  it('is read just as before it was kept', () => {
    const picture = { width: 40, height: 40, pixels: bar(3, 180), ink: 'auto' } as const;
    const kept = asDrawing(picture);
    expect(kept && prepareDigit({ ...kept, ink: 'light' })).toEqual(prepareDigit(picture));
  });

  it('is none where there is no ink', () => {
    expect(
      asDrawing({ width: 2, height: 2, pixels: new Uint8Array(4), ink: 'auto' }),
    ).toBeUndefined();
  });

  it('is shown as it is prepared', () => {
    const { thumbnail, className } = keptDrawing(drawing);
    expect(className).toBe('1');
    expect(thumbnail).toEqual(prepareDigit({ ...drawing, ink: 'light' }).pixels);
  });
});

describe('drawings as images', () => {
  it('have the labels of their classes, and grey in every channel', () => {
    const shape = { height: 28, width: 28, channels: 3 as const };
    const { count, pixels, labels } = drawnImages([drawing], shape, ['zero', '1']);
    expect(count).toBe(1);
    expect([...labels]).toEqual([1]);
    const middle = 3 * (14 * 28 + 14);
    expect([...pixels.subarray(middle, middle + 3)]).toEqual([255, 255, 255]);
  });
});

describe('the images of fine-tuning', () => {
  const shape = { height: 1, width: 1, channels: 1 as const };
  // Training images say in their only pixel which they are; drawings are 255.
  const train: LabelledImages = {
    ...{ shape, count: 200, labels: Uint16Array.from({ length: 200 }, (_, i) => i % 10) },
    pixels: Uint8Array.from({ length: 200 }, (_, i) => i),
  };
  const drawn: LabelledImages = {
    ...{ shape, count: 3, pixels: Uint8Array.of(255, 255, 255), labels: Uint16Array.of(7, 8, 9) },
  };
  const split = splitTraining(200, 20, 1);
  const { images, training, validation } = mixedImages(drawn, train, split, 5);
  const pixelsOf = (indices: Uint32Array) => [...indices].map((index) => images.pixels[index]);

  it('are half drawings, however few there are', () => {
    const ofDrawings = pixelsOf(training).filter((pixel) => pixel === 255);
    expect(ofDrawings).toHaveLength(training.length / 2);
    expect(new Set([...training].filter((index) => index < 3)).size).toBe(3);
  });

  it('keep their labels', () => {
    for (const index of training) {
      const pixel = images.pixels[index] ?? 0;
      const label = images.labels[index];
      if (pixel === 255) expect([7, 8, 9]).toContain(label);
      else expect(label).toBe(pixel % 10);
    }
  });

  it('validate with images that are never trained on', () => {
    const others = pixelsOf(training).filter((pixel) => pixel !== 255);
    expect(new Set(others).size).toBe(others.length);
    expect(pixelsOf(validation)).toEqual([...split.validation]);
    expect(others.some((pixel) => pixelsOf(validation).includes(pixel))).toBe(false);
  });

  it('are other ones with another seed', () => {
    const many: LabelledImages = {
      ...{ shape, count: 5000, labels: new Uint16Array(5000) },
      pixels: Uint8Array.from({ length: 5000 }, (_, i) => i % 251),
    };
    const manySplit = splitTraining(5000, 20, 1);
    const pixels = (seed: number) => [...mixedImages(drawn, many, manySplit, seed).images.pixels];
    expect(pixels(1)).toEqual(pixels(1));
    expect(pixels(1)).not.toEqual(pixels(2));
    expect(pixels(1)).toHaveLength(3 + 1000 + 20);
  });

  it('are drawn by other numbers than those that divided the set, though the seeds be the same', () => {
    const order = permutation(5, RandomStream.split, 0, split.training.length);
    const divided = [...order].map((position) => split.training[position]);
    expect(pixelsOf(training).filter((pixel) => pixel !== 255)).not.toEqual(divided);
  });
});

describe('drawings that are brought in', () => {
  const another = { ...drawing, id: 'another', pixels: bar(0, 128) };

  it('are added where they are new', () => {
    expect(newDrawings([drawing, another], [])).toEqual([drawing, another]);
  });

  it('are not doubled, under whatever id they come', () => {
    const again = { ...drawing, id: 'copied' };
    expect(newDrawings([drawing, again, another, another], [drawing])).toEqual([another]);
  });

  it('do not take the place of one that is there', () => {
    expect(newDrawings([{ ...another, id: drawing.id }], [drawing])).toEqual([]);
  });

  it('may be the same picture under another label', () => {
    const relabelled = { ...drawing, id: 'relabelled', className: '7' };
    expect(newDrawings([relabelled], [drawing])).toEqual([relabelled]);
  });
});

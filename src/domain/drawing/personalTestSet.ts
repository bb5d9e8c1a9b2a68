import { permutation, RandomStream } from '../../util/random.ts';
import { placesOf } from '../data/classNames.ts';
import { type LabelledImages, pixelBytes } from '../data/dataset.ts';
import { labelsOf, noLabels } from '../data/labels.ts';
import type { Look } from '../data/look.ts';
import { prepareDigit } from '../reading/digit.ts';
import { findParts } from '../reading/findParts.ts';
import type { GreyPicture } from '../reading/ink.ts';
import { type KeptDrawing, type LabelledDrawing, THUMBNAIL_SIDE } from './drawings.ts';

/** A picture with its ink light on black, as drawings are kept; undefined where there is no ink. */
export function asDrawing(
  picture: GreyPicture,
): Pick<LabelledDrawing, 'width' | 'height' | 'pixels'> | undefined {
  const { whole } = findParts(picture);
  if (!whole) return undefined;
  const { width, height, strengths } = whole;
  const peak = strengths.reduce((max, strength) => Math.max(max, strength), 0);
  const pixels = Uint8Array.from(strengths, (strength) => Math.round((255 * strength) / peak));
  return { width, height, pixels };
}

export function keptDrawing(drawing: LabelledDrawing): KeptDrawing {
  const { id, createdAt, className } = drawing;
  const prepared = drawing.thumbnail;
  const isPrepared = prepared?.length === THUMBNAIL_SIDE ** 2;
  return { id, createdAt, className, thumbnail: isPrepared ? prepared : thumbnailOf(drawing) };
}

export function thumbnailOf(
  drawing: Pick<LabelledDrawing, 'width' | 'height' | 'pixels'>,
): Uint8Array {
  const side = { width: THUMBNAIL_SIDE, height: THUMBNAIL_SIDE };
  return prepareDigit({ ...drawing, ink: 'light' }, side).pixels;
}

/** Those that are not there yet, each once: neither under their id nor with the same pixels and label. */
export function newDrawings(
  brought: readonly LabelledDrawing[],
  kept: readonly LabelledDrawing[],
): LabelledDrawing[] {
  const ids = new Set<string>();
  const alike = new Map<string, LabelledDrawing[]>();
  const note = (drawing: LabelledDrawing) => {
    const likeness = likenessOf(drawing);
    const others = alike.get(likeness);
    ids.add(drawing.id);
    if (others) others.push(drawing);
    else alike.set(likeness, [drawing]);
  };
  for (const drawing of kept) note(drawing);
  return brought.filter((drawing) => {
    const others = alike.get(likenessOf(drawing)) ?? [];
    if (ids.has(drawing.id) || others.some((other) => haveSamePixels(other, drawing))) return false;
    note(drawing);
    return true;
  });
}

/** What two drawings that are the same have in common, and few others. */
const likenessOf = ({ className, width, height }: LabelledDrawing): string =>
  JSON.stringify([className, width, height]);

function haveSamePixels(one: LabelledDrawing, other: LabelledDrawing): boolean {
  return one.pixels.every((pixel, i) => pixel === other.pixels[i]);
}

/** Drawings as a model takes them: prepared as `predict` does, grey in every channel. */
export function drawnImages(
  drawings: readonly LabelledDrawing[],
  shape: LabelledImages['shape'],
  classNames: readonly string[],
  look?: Look,
): LabelledImages {
  const bytes = pixelBytes(shape, 1);
  const pixels = new Uint8Array(drawings.length * bytes);
  for (const [n, drawing] of drawings.entries()) {
    const prepared = prepareDigit({ ...drawing, ink: 'light' }, shape, look).pixels;
    for (let i = 0; i < bytes; i++) {
      pixels[n * bytes + i] = prepared[Math.floor(i / shape.channels)] ?? 0;
    }
  }
  const labelOf = placesOf(classNames);
  const labels = labelsOf(drawings.map(({ className }) => labelOf.get(className) ?? 0));
  return { shape, count: drawings.length, pixels, labels };
}

/** What a model is fine-tuned on: drawings and other images in one set. */
export interface MixedImages {
  readonly images: LabelledImages;
  /** Indices into `images`: as many of drawings as of others, drawings more than once where they are few. */
  readonly training: Uint32Array;
  readonly validation: Uint32Array;
}

/** So many images of the training set are mixed in at least, if it has them. */
const MIXED_IN = 1000;

/**
 * Mixes drawings with as many images of the training set: a network that sees nothing but a handful of
 * drawings forgets the rest within steps. Validation images are others than those, as in the run before.
 */
export function mixedImages(
  drawn: LabelledImages,
  train: LabelledImages,
  split: { readonly training: Uint32Array; readonly validation: Uint32Array },
  seed: number,
): MixedImages {
  const { training, validation } = split;
  const half = Math.min(training.length, Math.max(MIXED_IN, drawn.count));
  const order = permutation(seed, RandomStream.mixture, 0, training.length).subarray(0, half);
  const others = [...order].map((position) => training[position] ?? 0);
  const validating = validation.subarray(0, MIXED_IN);
  const images = joined(drawn, train, [...others, ...validating]);
  const repeated = Math.max(half, drawn.count);
  return {
    images,
    training: Uint32Array.from({ length: repeated + half }, (_, i) =>
      i < repeated ? i % drawn.count : drawn.count + i - repeated,
    ),
    validation: Uint32Array.from(validating, (_, i) => drawn.count + half + i),
  };
}

function joined(
  first: LabelledImages,
  second: LabelledImages,
  chosen: readonly number[],
): LabelledImages {
  const bytes = pixelBytes(first.shape, 1);
  const count = first.count + chosen.length;
  const pixels = new Uint8Array(count * bytes);
  const labels = noLabels(count);
  pixels.set(first.pixels);
  labels.set(first.labels);
  for (const [i, index] of chosen.entries()) {
    const source = second.pixels.subarray(index * bytes, (index + 1) * bytes);
    pixels.set(source, (first.count + i) * bytes);
    labels[first.count + i] = second.labels[index] ?? 0;
  }
  return { shape: first.shape, count, pixels, labels };
}

import { type NumberType, numberReader } from '../../domain/data/numberType.ts';
import { WorkbenchError } from '../../util/errors.ts';
import { portions, type Steps } from '../../util/steps.ts';
import type { ReadingContext } from './readingContext.ts';
import { BYTE_RANGE } from './stretched.ts';

/** Numbers of a file that stand for pixels. */
export interface PixelNumbers {
  readonly file: string;
  readonly count: number;
  readonly kind: NumberType['kind'];
  readonly at: (index: number) => number;
  /** Where each is a byte already. */
  readonly bytes?: Uint8Array;
}

/** From where to where pixels reach: as bytes do, from 0 to 1, or from -1 to 1. */
type PixelRange = 'bytes' | 'unit' | 'signed';

const RANGES = { unit: '0..1', signed: '-1..1' } as const;

const MAX_PIXEL = 255;
/** Rounding lets what ends at 1 reach a little beyond. */
const SLACK = 1e-3;
/** Fractions that reach no further than this are no bytes. */
const LEAST_BYTE_RANGE = 16;

export function pixelNumbers(file: string, type: NumberType, data: Uint8Array): PixelNumbers {
  const count = Math.floor(data.length / type.itemBytes);
  const base = { file, count, kind: type.kind, at: numberReader(type, data) };
  return type.kind === 'u' && type.itemBytes === 1 ? { ...base, bytes: data } : base;
}

/**
 * Pixels of all parts of a set as bytes, for their range is one. Whole numbers must lie between 0 and
 * 255. Floating ones are stretched to that where those of all parts lie in 0..1 or in -1..1, and taken as
 * they are where all lie in 0..255; all are rounded. True is 255. Floating ones whose range cannot be told
 * are refused: guessed wrong, they would make a set of dark or of white images. Whole numbers say nothing of
 * the range of floating ones: images may be kept as bytes for training and as floats for testing.
 */
export function* pixelsAsBytes(
  parts: readonly PixelNumbers[],
  assume: ReadingContext['assume'],
): Steps<Uint8Array[]> {
  const range = yield* rangeOf(parts);
  const floating = parts.find(({ kind }) => kind === 'f');
  if (floating && range !== 'bytes') {
    assume({ kind: 'stretched', file: floating.file, from: RANGES[range], to: BYTE_RANGE });
  }
  const all: Uint8Array[] = [];
  for (const part of parts) all.push(part.bytes ?? (yield* scaled(part, range)));
  return all;
}

function* rangeOf(parts: readonly PixelNumbers[]): Steps<PixelRange> {
  let [lowest, highest, hasFraction] = [0, 0, false];
  let first: { readonly file: string; readonly value: number; readonly index: number } | undefined;
  for (const { file, count, kind, at, bytes } of parts) {
    if (bytes) continue;
    const least = kind === 'f' ? -1 - SLACK : 0;
    for (const [from, to] of portions(count)) {
      for (let index = from; index < to; index++) {
        const value = at(index);
        if (!(value >= least && value <= MAX_PIXEL)) {
          throw new WorkbenchError('npy.value', { file, value, index });
        }
        if (kind !== 'f') continue;
        if (value > highest) highest = value;
        if (value < lowest) {
          lowest = value;
          if (!first && value < -SLACK) first = { file, value, index };
        }
        if (!Number.isInteger(value)) hasFraction = true;
      }
      yield;
    }
  }
  const isUnit = highest <= 1 + SLACK;
  if (first && isUnit) return 'signed';
  if (first) throw new WorkbenchError('npy.value', first);
  if (isUnit) return 'unit';
  if (hasFraction && highest < LEAST_BYTE_RANGE) {
    const file = parts.find(({ kind }) => kind === 'f')?.file ?? '';
    throw new WorkbenchError('pixels.range', { file, highest });
  }
  return 'bytes';
}

function* scaled({ count, kind, at }: PixelNumbers, range: PixelRange): Steps<Uint8Array> {
  const isStretched = kind === 'f' && range !== 'bytes';
  const offset = isStretched && range === 'signed' ? 1 : 0;
  const scale = kind === 'b' ? MAX_PIXEL : isStretched ? MAX_PIXEL / (1 + offset) : 1;
  const pixels = new Uint8ClampedArray(count);
  for (const [from, to] of portions(count)) {
    for (let index = from; index < to; index++) {
      pixels[index] = Math.round(scale * (at(index) + offset));
    }
    yield;
  }
  return new Uint8Array(pixels.buffer);
}

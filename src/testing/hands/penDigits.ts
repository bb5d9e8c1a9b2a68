import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import type { Stroke } from '../../domain/drawing/strokes.ts';

/** A digit that a person wrote on a tablet. */
export type PenDigit = v.InferOutput<typeof PenDigitSchema>;

/** Across and down, 0 to 1: the digit fills this square in its longer direction. */
const place = v.tuple([v.number(), v.number()]);
export type Place = v.InferOutput<typeof place>;

const PenDigitSchema = v.object({
  id: v.string(),
  label: v.picklist([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]),
  strokes: v.array(v.array(place)),
});

/** The file of pen strokes that the environment names, and why there is none. */
export const strokesPath = process.env.STROKES;
export const noStrokes = 'no file of pen strokes is named in STROKES';

/** Reads a file of pen strokes, one digit a line. */
export function readPenDigits(path: string): PenDigit[] {
  const lines = readFileSync(path, 'utf8').trim().split('\n');
  return lines.map((line) => v.parse(PenDigitSchema, JSON.parse(line)));
}

/** The square that a digit is written into: its corner and its side, as shares of the surface. */
export interface Spot {
  readonly left: number;
  readonly top: number;
  readonly side: number;
}

export function strokesAt(
  { strokes }: PenDigit,
  { left, top, side }: Spot,
  width: number,
): Stroke[] {
  return strokes.map((stroke) => ({
    points: stroke.map(([x, y]) => ({ x: left + side * x, y: top + side * y })),
    width,
  }));
}

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { paintPen } from '../../domain/drawing/paintPen.ts';
import { preparePicture } from '../../domain/reading/digit.ts';
import { readWeights } from '../../formats/weights/weightsFile.ts';
import { at } from '../../util/assert.ts';
import { Chance } from './chance.ts';
import { readByLenet5 } from './lenet5.ts';
import {
  noStrokes,
  type PenDigit,
  readPenDigits,
  type Spot,
  strokesAt,
  strokesPath,
} from './penDigits.ts';
import { type PhotographKind, photograph, photographKinds } from './photographs.ts';

/**
 * Digits that people wrote on tablets, drawn on the canvas and photographed on paper, read by a small
 * network, in Node: how a picture is prepared is a pure function, and so is a forward pass. The strokes
 * lie beside the project: `STROKES=FILE npx vitest run --project node src/testing/hands`.
 */
const hasStrokes = strokesPath !== undefined;
const digits = strokesPath === undefined ? [] : readPenDigits(strokesPath);

/** Of `npm run train -- --recipe improved --arch lenet5 --steps 12000 --lr 0.002 --engine wasm`. */
const weights = new URL('lenet5.safetensors', import.meta.url);
const model = readWeights('lenet5.safetensors', new Uint8Array(readFileSync(weights)));

/** The surface's own pen: 2.8 of 28 pixels. */
const PEN = 0.1;

const percent = (share: number) => `${(100 * share).toFixed(1)} %`;

/** What stands on a picture, character by character. */
function read(picture: Parameters<typeof preparePicture>[0]): number[] {
  const { parts } = preparePicture(picture, undefined, model.look);
  return parts.map(({ pixels }) => readByLenet5(model, pixels));
}

const isRight = (found: readonly number[], label: number) =>
  found.length === 1 && found[0] === label;

const shareOf = <Case>(cases: readonly Case[], holds: (one: Case) => boolean) =>
  cases.filter(holds).length / cases.length;

/** Thousands of pictures: a minute or two, on a machine with nothing else to do. */
const TIMEOUT_MS = 15 * 60_000;
/** Photographs of each kind: every sixth digit, other ones for another kind. */
const EVERY = 6;

describe('digits that other hands wrote', { timeout: TIMEOUT_MS }, () => {
  it('are read alike wherever on the surface, and however small', ({ skip }) => {
    skip(!hasStrokes, noStrokes);
    const shares = [0.2, 0.35, 0.7];
    const spots: Spot[] = shares.flatMap((side) => [
      { side, left: 0.5 - side / 2, top: 0.5 - side / 2 },
      { side, left: 0.98 - side, top: 0.98 - side },
    ]);
    const accuracies = spots.map((spot) =>
      shareOf(digits, (digit) => isRight(read(paintPen(strokesAt(digit, spot, PEN))), digit.label)),
    );
    console.log('on the surface:', accuracies.map(percent).join(', '));
    expect(Math.max(...accuracies) - Math.min(...accuracies)).toBeLessThanOrEqual(0.005);
    expect(Math.min(...accuracies)).toBeGreaterThanOrEqual(0.95);
  });

  it.for(photographKinds)('are read from a photograph (%s)', (kind, { skip }) => {
    skip(!hasStrokes, noStrokes);
    const sample = digits.filter((_, i) => i % EVERY === photographKinds.indexOf(kind) % EVERY);
    const wrong = sample.filter(
      (digit, i) => !isRight(read(photographed(kind, digit, i)), digit.label),
    );
    const share = 1 - wrong.length / sample.length;
    console.log(kind, percent(share), wrong.map(({ id, label }) => `${label} ${id}`).join(', '));
    expect(share).toBeGreaterThanOrEqual(0.95);
  });

  it('are two where two stand side by side', ({ skip }) => {
    skip(!hasStrokes, noStrokes);
    const pairs = digits.map(
      (digit, i) => [digit, at(digits, (i * 7 + 13) % digits.length)] as const,
    );
    const found = pairs.map(([first, second], i) => {
      const strokes = sideBySide(first, second, i);
      return i % 4 === 0 ? read(photograph('texture', strokes, i)) : read(paintPen(strokes));
    });
    const isPair = (i: number) => found[i]?.length === 2;
    const two = shareOf(
      pairs.map((_, i) => i),
      isPair,
    );
    const both = shareOf(
      pairs.map(([first, second], i) => [first, second, i] as const),
      ([first, second, i]) => found[i]?.join() === `${first.label},${second.label}`,
    );
    console.log('two:', percent(two), 'both right:', percent(both));
    expect(two).toBeGreaterThanOrEqual(0.95);
    expect(both).toBeGreaterThanOrEqual(0.9);
  });
});

/** A digit somewhere about the middle of a sheet, as large as one writes for a picture. */
function photographed(kind: PhotographKind, digit: PenDigit, seed: number) {
  const chance = new Chance(1000 + seed);
  const side = chance.between(0.3, 0.5);
  const spot = {
    side,
    left: 0.5 - side / 2 + chance.between(-0.08, 0.08),
    top: 0.5 - side / 2 + chance.between(-0.08, 0.08),
  };
  const width = kind === 'pencil' ? chance.between(0.007, 0.013) : chance.between(0.018, 0.034);
  return photograph(kind, strokesAt(digit, spot, width), seed);
}

/** Two digits of about one height, with a gap as one leaves it between the digits of a number. */
function sideBySide(first: PenDigit, second: PenDigit, seed: number) {
  const chance = new Chance(5000 + seed);
  const height = chance.between(0.25, 0.32);
  const left = inHeight(first, height);
  const right = inHeight(second, height * chance.between(0.9, 1.1));
  const gap = height * chance.between(0.15, 0.5);
  const start = 0.5 - (left.width + gap + right.width) / 2;
  const top = chance.between(0.25, 0.4);
  const strokes = (one: typeof left, from: number) =>
    strokesAt(one.digit, { side: one.side, left: from - one.left, top: top - one.top }, 0.03);
  return [...strokes(left, start), ...strokes(right, start + left.width + gap)];
}

/** How a digit has to be placed to be as high. */
function inHeight(digit: PenDigit, height: number) {
  const points = digit.strokes.flat();
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
  const [least, most] = [Math.min(...ys), Math.max(...ys)];
  const side = Math.min(height / Math.max(0.4, most - least), 0.5);
  const across = Math.min(...xs);
  return {
    digit,
    side,
    left: side * across,
    top: side * least,
    width: side * (Math.max(...xs) - across),
  };
}

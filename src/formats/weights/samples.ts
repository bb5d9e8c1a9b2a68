import * as v from 'valibot';
import type { ImageShape } from '../../domain/architecture/architecture.ts';
import { sizeOf } from '../../domain/architecture/shapes.ts';
import { at } from '../../util/assert.ts';
import { pcg4d } from '../../util/random.ts';
import { refusalOf, valueRefusal } from '../refusal.ts';
import { parseJson } from '../text/parseJson.ts';

/**
 * Ten images and what the network makes of them, which every file carries, so that whoever reads it can tell
 * whether he reads it right. They are drawn from a hash, and none is of anybody's data.
 */
export interface Samples {
  /** Bytes, NHWC. */
  readonly images: Uint8Array;
  /** `[10, classes]`. */
  readonly logits: Float32Array;
}

/** Where files have them, beside what they say of the model. */
export const SAMPLES_KEY = 'samples';
export const SAMPLE_COUNT = 10;
/** The largest difference of logits, by the largest logit, at which a file counts as read right. */
export const SAMPLE_TOLERANCE = 1e-3;
/** How many soft strokes an image has. */
const BLOTS = 5;

/** Blots of a few pixels on black, as digits are of light strokes, in every channel others. */
export function sampleImages({ height, width, channels }: ImageShape): Uint8Array {
  const images = new Uint8Array(SAMPLE_COUNT * sizeOf([height, width, channels]));
  let to = 0;
  for (let image = 0; image < SAMPLE_COUNT; image++) {
    const blots = Array.from({ length: channels * BLOTS }, (_, blot) => pcg4d(image, blot, 22, 0));
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        for (let channel = 0; channel < channels; channel++) {
          let light = 0;
          for (let i = 0; i < BLOTS; i++) {
            const [a, b, c, d] = at(blots, channel * BLOTS + i);
            // Whole numbers alone: the same image everywhere. Radii from 2 to 5.
            const [dy, dx] = [y - ((a >>> 8) % height), x - ((b >>> 8) % width)];
            const radius = 2 + ((c >>> 8) % 4);
            const inside = radius * radius - dy * dy - dx * dx;
            if (inside > 0) light = Math.max(light, 60 + ((d >>> 8) % 196));
          }
          images[to++] = light;
        }
      }
    }
  }
  return images;
}

const SamplesSchema = v.strictObject({
  images: v.pipe(v.string(), v.maxLength(400_000), v.regex(/^[A-Za-z0-9+/]*={0,2}$/)),
  logits: v.pipe(v.array(v.pipe(v.number(), v.finite())), v.maxLength(10_000)),
});

/** As a file carries them: the bytes in base64, the logits as numbers that are read back to the bit. */
export function samplesText({ images, logits }: Samples): string {
  let binary = '';
  for (const byte of images) binary += String.fromCharCode(byte);
  return JSON.stringify({ images: btoa(binary), logits: [...logits] });
}

export function parseSamples(
  file: string,
  text: string,
  input: ImageShape,
  classes: number,
): Samples {
  const refuse = refusalOf('weights.metadata', file);
  const json = parseJson(new TextEncoder().encode(text), SAMPLES_KEY, refuse);
  const parsed = v.safeParse(SamplesSchema, json);
  if (!parsed.success) throw valueRefusal(refuse, parsed.issues[0], SAMPLES_KEY);
  const images = bytesOf(parsed.output.images);
  const expected = SAMPLE_COUNT * sizeOf([input.height, input.width, input.channels]);
  const isWhole = images?.length === expected;
  if (!isWhole || parsed.output.logits.length !== SAMPLE_COUNT * classes) {
    throw refuse('samples.count', { count: SAMPLE_COUNT });
  }
  return { images, logits: Float32Array.from(parsed.output.logits) };
}

function bytesOf(base64: string): Uint8Array | undefined {
  try {
    return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  } catch {
    return undefined;
  }
}

/** The first image that is read otherwise, if one is. */
export function otherSample(
  { logits }: Samples,
  read: Float32Array,
): { image: number; difference: number } | undefined {
  const classes = logits.length / SAMPLE_COUNT;
  const largest = logits.reduce((most, logit) => Math.max(most, Math.abs(logit)), 0);
  for (const [i, logit] of logits.entries()) {
    const difference = Math.abs(at(read, i) - logit) / Math.max(largest, 1e-6);
    // What is no number differs, too.
    if (!(difference <= SAMPLE_TOLERANCE)) {
      return { image: Math.floor(i / classes) + 1, difference };
    }
  }
  return undefined;
}

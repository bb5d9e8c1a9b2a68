import { gzipSync } from 'fflate';
import * as v from 'valibot';
import { ClassNameSchema } from '../../domain/data/classNames.ts';
import {
  type LabelledDrawing,
  MOST_DRAWING_SIDE,
  MOST_DRAWINGS,
  MOST_DRAWN_PIXELS,
} from '../../domain/drawing/drawings.ts';
import type { Advance } from '../../util/steps.ts';
import { inflate } from '../archives/gzip.ts';
import { type Refuse, refusalOf, valueRefusal } from '../refusal.ts';
import { parseJson } from '../text/parseJson.ts';

/**
 * The personal test set as a file: JSON, the pixels of each drawing gzipped and in base64. What is read
 * comes from anywhere: its size, the number of drawings and their sides are looked at before anything
 * is unpacked, and no drawing can unpack to more than its sides say.
 */

const FORMAT = 'alexnet-workbench drawings';
/** Changes when a file of today could no longer be understood. */
const VERSION = 1;

/** What a refusal calls the file after it has named it. */
const WHOLE = { code: 'place.file' } as const;

/** Ten times what the largest set of drawings takes. */
export const MOST_FILE_BYTES = 64 * 2 ** 20;

const side = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(MOST_DRAWING_SIDE));

const DrawingSchema = v.strictObject({
  id: v.pipe(v.string(), v.minLength(1), v.maxLength(64)),
  createdAt: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
  className: ClassNameSchema,
  width: side,
  height: side,
  pixels: v.string(),
});

const FileSchema = v.strictObject({
  format: v.literal(FORMAT),
  version: v.literal(VERSION),
  drawings: v.pipe(v.array(v.unknown()), v.maxLength(MOST_DRAWINGS), v.array(DrawingSchema)),
});

export function writeDrawings(drawings: readonly LabelledDrawing[]): Uint8Array<ArrayBuffer> {
  const content: v.InferOutput<typeof FileSchema> = {
    format: FORMAT,
    version: VERSION,
    drawings: drawings.map(({ thumbnail: _, ...drawing }) => ({
      ...drawing,
      // Without the time of writing, so that the same drawings are the same file.
      pixels: toBase64(gzipSync(drawing.pixels, { mtime: 0 })),
    })),
  };
  return new TextEncoder().encode(`${JSON.stringify(content)}\n`);
}

/**
 * @param file its name, for the refusals
 * @param pause awaited after each drawing
 */
export async function readDrawings(
  file: string,
  bytes: Uint8Array,
  pause: Advance = async () => undefined,
): Promise<LabelledDrawing[]> {
  const refuse = refusalOf('drawings.file', file);
  refuseLongFile(file, bytes.length);
  const content = parseJson(bytes, WHOLE, refuse);
  const parsed = v.safeParse(FileSchema, content, { abortEarly: true });
  if (!parsed.success) throw valueRefusal(refuse, parsed.issues[0], WHOLE);
  const { drawings } = parsed.output;
  const declared = drawings.reduce((sum, { width, height }) => sum + width * height, 0);
  if (declared > MOST_DRAWN_PIXELS) {
    throw refuse('drawings.pixels', { pixels: declared, most: MOST_DRAWN_PIXELS });
  }
  const read: LabelledDrawing[] = [];
  for (const { pixels: packed, ...drawing } of drawings) {
    const size = drawing.width * drawing.height;
    const pixels = inflate(file, fromBase64(packed, refuse), size);
    if (pixels.length !== size) {
      throw refuse('drawing.pixels', { id: drawing.id, pixels: pixels.length, expected: size });
    }
    read.push({ ...drawing, pixels });
    await pause(size);
  }
  return read;
}

/** Refuses more bytes than drawings can have; asked before a file is read into memory, too. */
export function refuseLongFile(file: string, bytes: number): void {
  if (bytes <= MOST_FILE_BYTES) return;
  throw refusalOf('drawings.file', file)('bytes.many', { bytes, most: MOST_FILE_BYTES });
}

/** Bytes that become a string at once: a call takes so many arguments and no more. */
const PIECE = 0x8000;

function toBase64(bytes: Uint8Array): string {
  let binary = '';
  for (let first = 0; first < bytes.length; first += PIECE) {
    binary += String.fromCharCode(...bytes.subarray(first, first + PIECE));
  }
  return btoa(binary);
}

function fromBase64(text: string, refuse: Refuse): Uint8Array {
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  } catch {
    throw refuse('drawing.base64');
  }
}

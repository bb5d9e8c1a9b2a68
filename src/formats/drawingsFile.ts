import { gzipSync } from 'fflate';
import * as v from 'valibot';
import {
  type LabelledDrawing,
  LONGEST_LABEL,
  MOST_DRAWING_SIDE,
  MOST_DRAWINGS,
} from '../domain/drawings.ts';
import { WorkbenchError } from '../util/errors.ts';
import { inflate } from './gzip.ts';
import { parseJson } from './parseJson.ts';
import { quoted } from './quoted.ts';

/**
 * The personal test set as a file: JSON, the pixels of each drawing gzipped and in base64. What is read
 * comes from anywhere: its size, the number of drawings and their sides are looked at before anything
 * is unpacked, and no drawing can unpack to more than its sides say.
 */

const FORMAT = 'alexnet-workbench drawings';
/** Changes when a file of today could no longer be understood. */
const VERSION = 1;

/** Ten times what the largest set of drawings takes. */
export const MOST_FILE_BYTES = 64 * 2 ** 20;

const side = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(MOST_DRAWING_SIDE));

const DrawingSchema = v.strictObject({
  id: v.pipe(v.string(), v.minLength(1), v.maxLength(64)),
  createdAt: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
  className: v.pipe(v.string(), v.minLength(1), v.maxLength(LONGEST_LABEL)),
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
    drawings: drawings.map((drawing) => ({
      ...drawing,
      // Without the time of writing, so that the same drawings are the same file.
      pixels: toBase64(gzipSync(drawing.pixels, { mtime: 0 })),
    })),
  };
  return new TextEncoder().encode(`${JSON.stringify(content)}\n`);
}

/** @param file its name, for the refusals */
export function readDrawings(file: string, bytes: Uint8Array): LabelledDrawing[] {
  const refuse = (problem: string) =>
    new WorkbenchError('drawings.file', { file, problem: quoted(problem) });
  if (bytes.length > MOST_FILE_BYTES) throw refuse(`it has ${bytes.length} bytes`);
  const parsed = v.safeParse(FileSchema, parsedJson(bytes, refuse), { abortEarly: true });
  if (!parsed.success) {
    const [issue] = parsed.issues;
    const path = v.getDotPath(issue);
    throw refuse(path === null ? issue.message : `${path}: ${issue.message}`);
  }
  return parsed.output.drawings.map(({ pixels: packed, ...drawing }) => {
    const size = drawing.width * drawing.height;
    const pixels = inflate(file, fromBase64(packed, refuse), size);
    if (pixels.length === size) return { ...drawing, pixels };
    throw refuse(`drawing ${drawing.id} has ${pixels.length} pixels in the place of ${size}`);
  });
}

function parsedJson(bytes: Uint8Array, refuse: (problem: string) => WorkbenchError): unknown {
  try {
    return parseJson(bytes);
  } catch {
    throw refuse('it is not JSON');
  }
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

function fromBase64(text: string, refuse: (problem: string) => WorkbenchError): Uint8Array {
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  } catch {
    throw refuse('its pixels are not in base64');
  }
}

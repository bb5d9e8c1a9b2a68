import { sizeOf } from '../../domain/architecture/shapes.ts';
import type { NamedTensor } from '../../domain/runs/run.ts';
import { refusalOf } from '../refusal.ts';
import { parseJson } from '../text/parseJson.ts';
import { quoted } from '../text/quoted.ts';
import { asFloats } from './floatTypes.ts';
import {
  type HeaderEntry,
  isFloatType,
  numberBytes,
  readHeaderEntries,
} from './safetensorsHeader.ts';

/**
 * safetensors (github.com/huggingface/safetensors): eight bytes with the length of the header as a
 * little-endian integer, the header as JSON, then the tensors' bytes end to end. The header gives
 * each tensor's type, shape and place; `__metadata__` maps strings to strings.
 */
export interface SafetensorsFile {
  readonly metadata: Readonly<Record<string, string>>;
  readonly tensors: readonly NamedTensor[];
}

const LENGTH_BYTES = 8;
const FLOAT_BYTES = 4;
/** Ten times what a thousand tensors take with what is said of them. The format allows 100 MB. */
export const MAX_HEADER_BYTES = 4 * 2 ** 20;
/** The tensors begin at a multiple of this, so that they can be read in place. */
const ALIGNMENT = 8;

export function writeSafetensors(
  tensors: readonly NamedTensor[],
  metadata: Readonly<Record<string, string>>,
): Uint8Array<ArrayBuffer> {
  let end = 0;
  const entries = tensors.map(({ name, shape, values }) => {
    const start = end;
    end += values.length * FLOAT_BYTES;
    return [name, { dtype: 'F32', shape, data_offsets: [start, end] }] as const;
  });
  const header = new TextEncoder().encode(
    JSON.stringify(Object.fromEntries([['__metadata__', metadata], ...entries])),
  );
  const headerBytes = Math.ceil(header.length / ALIGNMENT) * ALIGNMENT;
  const dataStart = LENGTH_BYTES + headerBytes;
  const file = new Uint8Array(dataStart + end);
  new DataView(file.buffer).setBigUint64(0, BigInt(headerBytes), true);
  file.set(header, LENGTH_BYTES);
  file.fill(0x20, LENGTH_BYTES + header.length, dataStart);
  let offset = dataStart;
  for (const { values } of tensors) {
    file.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), offset);
    offset += values.byteLength;
  }
  return file;
}

/** Whether a file begins as safetensors do: a header of possible length, which is a JSON object. */
export function looksLikeSafetensors(bytes: Uint8Array): boolean {
  return bytes[LENGTH_BYTES] === 0x7b && headerLength(bytes) <= bytes.length - LENGTH_BYTES;
}

/** Reads a file of floating tensors, all as 32-bit ones. Everything in the header is checked before a tensor is made. */
export function readSafetensors(file: string, bytes: Uint8Array): SafetensorsFile {
  const header = parseHeader(file, bytes);
  const { metadata, entries } = readHeaderEntries(file, header.json);
  const data = bytes.subarray(header.end);
  refuseHoles(file, entries, data.length);
  const tensors = entries.flatMap(({ name, shape, start, end, type }) =>
    isFloatType(type) ? [{ name, shape, values: asFloats(data.slice(start, end), type) }] : [],
  );
  return { metadata, tensors };
}

function headerLength(bytes: Uint8Array): number {
  if (bytes.length < LENGTH_BYTES) return Number.POSITIVE_INFINITY;
  const view = new DataView(bytes.buffer, bytes.byteOffset, LENGTH_BYTES);
  return Number(view.getBigUint64(0, true));
}

function parseHeader(file: string, bytes: Uint8Array): { json: unknown; end: number } {
  const refuse = refusalOf('weights.notSafetensors', file);
  if (bytes.length < LENGTH_BYTES) throw refuse('bytes.few', { bytes: bytes.length });
  const length = headerLength(bytes);
  if (length > bytes.length - LENGTH_BYTES) {
    throw refuse('header.beyond', { length, bytes: bytes.length });
  }
  if (length > MAX_HEADER_BYTES) throw refuse('header.long', { length, most: MAX_HEADER_BYTES });
  const end = LENGTH_BYTES + length;
  const header = bytes.subarray(LENGTH_BYTES, end);
  return { json: parseJson(header, { code: 'place.header' }, refuse), end };
}

/** Tensors lie end to end from the first byte to the last, in any order. */
function refuseHoles(file: string, entries: readonly HeaderEntry[], dataBytes: number): void {
  const refuse = refusalOf('weights.header', file);
  let reached = 0;
  for (const { name, shape, start, end, type } of entries.toSorted(
    (a, b) => a.start - b.start || a.end - b.end,
  )) {
    const tensor = quoted(name);
    if (end > dataBytes) throw refuse('tensor.beyond', { tensor, end, bytes: dataBytes });
    if (start !== reached) throw refuse('tensor.start', { tensor, start, expected: reached });
    const expected = sizeOf(shape) * numberBytes[type];
    if (end - start !== expected) {
      const params = { tensor, shape: shape.join('x'), bytes: end - start, expected };
      throw refuse('tensor.bytes', params);
    }
    reached = end;
  }
  if (reached !== dataBytes) throw refuse('tensors.end', { end: reached, bytes: dataBytes });
}

import type { NamedTensor } from '../domain/run.ts';
import { sizeOf } from '../domain/shapes.ts';
import { WorkbenchError } from '../util/errors.ts';
import { parseJson } from './parseJson.ts';
import { quoted } from './quoted.ts';
import { type HeaderEntry, readHeaderEntries } from './safetensorsHeader.ts';

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
/** The format's own limit. */
const MAX_HEADER_BYTES = 100_000_000;
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

/** Reads a file of F32 tensors. Everything in the header is checked before a tensor is made. */
export function readSafetensors(file: string, bytes: Uint8Array): SafetensorsFile {
  const header = parseHeader(file, bytes);
  const { metadata, entries } = readHeaderEntries(file, header.json);
  const data = bytes.subarray(header.end);
  refuseHoles(file, entries, data.length);
  const tensors = entries.map(({ name, shape, start, end }) => ({
    name,
    shape,
    values: new Float32Array(data.slice(start, end).buffer),
  }));
  return { metadata, tensors };
}

function headerLength(bytes: Uint8Array): number {
  if (bytes.length < LENGTH_BYTES) return Number.POSITIVE_INFINITY;
  const view = new DataView(bytes.buffer, bytes.byteOffset, LENGTH_BYTES);
  return Number(view.getBigUint64(0, true));
}

function parseHeader(file: string, bytes: Uint8Array): { json: unknown; end: number } {
  const refuse = (problem: string) =>
    new WorkbenchError('weights.notSafetensors', { file, problem });
  if (bytes.length < LENGTH_BYTES) throw refuse(`it has only ${bytes.length} bytes`);
  const length = headerLength(bytes);
  if (length > bytes.length - LENGTH_BYTES) {
    throw refuse(
      `its first bytes promise a header of ${length} bytes, but ${bytes.length} are there`,
    );
  }
  if (length > MAX_HEADER_BYTES) throw refuse(`its header is ${length} bytes long`);
  const end = LENGTH_BYTES + length;
  try {
    return { json: parseJson(bytes.subarray(LENGTH_BYTES, end)), end };
  } catch {
    throw refuse('its header is not JSON');
  }
}

/** Tensors lie end to end from the first byte to the last, in any order. */
function refuseHoles(file: string, entries: readonly HeaderEntry[], dataBytes: number): void {
  const refuse = (problem: string) => new WorkbenchError('weights.header', { file, problem });
  let reached = 0;
  for (const { name: tensor, shape, start, end } of entries.toSorted(
    (a, b) => a.start - b.start || a.end - b.end,
  )) {
    const name = quoted(tensor);
    if (end > dataBytes) throw refuse(`${name} ends at byte ${end} of ${dataBytes}`);
    if (start !== reached) throw refuse(`${name} begins at byte ${start}, not at ${reached}`);
    const expected = sizeOf(shape) * FLOAT_BYTES;
    if (end - start !== expected) {
      throw refuse(`${name} of shape ${shape.join('x')} has ${end - start} bytes, not ${expected}`);
    }
    reached = end;
  }
  if (reached !== dataBytes) throw refuse(`its tensors end at byte ${reached} of ${dataBytes}`);
}

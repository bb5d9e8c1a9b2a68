import type { NumberType } from '../../domain/data/numberType.ts';
import { WorkbenchError } from '../../util/errors.ts';
import { quoted } from '../text/quoted.ts';

/**
 * The header of NumPy's .npy (numpy.org/doc/stable/reference/generated/numpy.lib.format.html): a
 * signature, a version, the length of the rest as two bytes (version 1) or four (2 and 3), then a
 * Python dictionary as text, such as
 * `{'descr': '|u1', 'fortran_order': False, 'shape': (60000, 28, 28), }`.
 */
export interface NpyHeader {
  readonly type: NumberType | TextType;
  readonly shape: readonly number[];
  /** Whether the first index of an array runs fastest, not the last. */
  readonly isFortran: boolean;
  /** Where the values begin. */
  readonly dataStart: number;
}

/** Strings of one length, filled up with zeros: `S` a byte a character, `U` four. */
export interface TextType {
  readonly kind: 'S' | 'U';
  readonly itemBytes: number;
  readonly littleEndian: boolean;
}

const SIGNATURE = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];
const FIELDS_BYTES = 12;
const MAX_TEXT_BYTES = 4096;
/** Enough for every header that is accepted. */
export const NPY_HEAD_BYTES = FIELDS_BYTES + MAX_TEXT_BYTES;
const TYPE = /^([|<>=]?)([buifSU])(\d{1,4})$/;
const NUMBERS: readonly string[] = [
  'b1',
  'u1',
  'u2',
  'u4',
  'u8',
  'i1',
  'i2',
  'i4',
  'i8',
  'f2',
  'f4',
  'f8',
];
/** Python objects are stored as a pickle, which is a program. */
const OBJECTS = /^[|<>=]?O\d?$/;

export function isNpy(bytes: Uint8Array): boolean {
  return SIGNATURE.every((byte, i) => bytes[i] === byte);
}

export function readNpyHeader(file: string, bytes: Uint8Array): NpyHeader {
  const refusal = new WorkbenchError('npy.header', { file });
  if (!isNpy(bytes) || bytes.length < FIELDS_BYTES) throw refusal;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const version = view.getUint8(6);
  if (version < 1 || version > 3) throw refusal;
  const textStart = version === 1 ? 10 : 12;
  const textBytes = version === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  const dataStart = textStart + textBytes;
  if (textBytes > MAX_TEXT_BYTES || dataStart > bytes.length) throw refusal;
  const text = new TextDecoder().decode(bytes.subarray(textStart, dataStart));

  const dtype = /'descr': *'([^']*)'/.exec(text)?.[1] ?? /'descr': *([^,]*)/.exec(text)?.[1];
  const order = /'fortran_order': *(True|False)/.exec(text)?.[1];
  const extents = /'shape': *\(([\d, ]*)\)/.exec(text)?.[1];
  if (dtype === undefined || order === undefined || extents === undefined) throw refusal;
  if (OBJECTS.test(dtype)) throw new WorkbenchError('npy.objects', { file });
  const type = typeOf(dtype);
  if (!type) throw new WorkbenchError('npy.dtype', { file, dtype: quoted(dtype) });
  const shape = extents.split(',').filter((extent) => extent.trim() !== '');
  if (shape.some((extent) => !/^ *\d+ *$/.test(extent))) throw refusal;
  // Along one axis both orders are the same.
  const isFortran = order === 'True' && shape.length > 1;
  return { type, isFortran, shape: shape.map(Number), dataStart };
}

function typeOf(dtype: string): NpyHeader['type'] | undefined {
  const [, byteOrder, kind = '', size] = TYPE.exec(dtype) ?? [];
  const littleEndian = byteOrder !== '>';
  const length = Number(size);
  if (kind === 'S' || kind === 'U') {
    return length > 0
      ? { kind, itemBytes: kind === 'U' ? 4 * length : length, littleEndian }
      : undefined;
  }
  if (!NUMBERS.includes(`${kind}${length}`)) return undefined;
  return { kind, itemBytes: length, littleEndian } as NumberType;
}

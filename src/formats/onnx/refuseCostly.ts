import { type DescMessage, ScalarType } from '@bufbuild/protobuf';
import { BinaryReader, WireType } from '@bufbuild/protobuf/wire';
import { refusalOf } from '../refusal.ts';

/**
 * What a file of Protocol Buffers costs once it is read has little to do with its size: two bytes are an empty
 * message, which is an object with all of its fields, and one byte of a list is a number of many. So its parts
 * are counted before any is made. Networks of plain layers have some thousands.
 */
export const MOST_FIELDS = 2 ** 17;
/** Each number is read by itself, in one go: some millions of them in half a second. Weights lie raw. */
export const MOST_LIST_BYTES = 2 ** 26;
const NUMBER_BYTES = 8;
/** A whole number of 64 bits is an object, and a place in the list. */
const BIGINT_BYTES = 32;

/** Bytes of each number in a list, where they are always as many. */
const fixed: Partial<Record<ScalarType, number>> = {
  ...{ [ScalarType.FLOAT]: 4, [ScalarType.FIXED32]: 4, [ScalarType.SFIXED32]: 4 },
  ...{ [ScalarType.DOUBLE]: 8, [ScalarType.FIXED64]: 8, [ScalarType.SFIXED64]: 8 },
};
const wide: readonly ScalarType[] = [ScalarType.INT64, ScalarType.UINT64, ScalarType.SINT64];
const unlisted: readonly ScalarType[] = [ScalarType.STRING, ScalarType.BYTES];

export function refuseCostly(file: string, message: DescMessage, bytes: Uint8Array): void {
  const refuse = refusalOf('onnx.unreadable', file);
  const reader = new BinaryReader(bytes);
  let [fields, listBytes] = [0, 0];
  const takeList = (scalar: ScalarType, part: Uint8Array) => {
    const each = fixed[scalar];
    const count = each === undefined ? numbersIn(part) : part.length / each;
    listBytes += count * (wide.includes(scalar) ? BIGINT_BYTES : NUMBER_BYTES);
    if (listBytes > MOST_LIST_BYTES) throw refuse('onnx.unpacked', { most: MOST_LIST_BYTES });
  };
  const walk = (known: readonly DescMessage['fields'][number][], end: number) => {
    const byNumber = new Map(known.map((field) => [field.number, field]));
    while (reader.pos < end) {
      const [number, type] = reader.tag();
      if (++fields > MOST_FIELDS) throw refuse('onnx.fields', { most: MOST_FIELDS });
      if (type !== WireType.LengthDelimited) {
        reader.skip(type, number);
        continue;
      }
      const behind = reader.uint32() + reader.pos;
      const field = byNumber.get(number);
      if (field?.message) walk(field.message.fields, behind);
      else if (field?.scalar && !unlisted.includes(field.scalar)) {
        takeList(field.scalar, bytes.subarray(reader.pos, behind));
      }
      reader.pos = behind;
    }
  };
  walk(message.fields, bytes.length);
}

/** A number ends where the highest bit of a byte is not set. */
function numbersIn(bytes: Uint8Array): number {
  let count = 0;
  // By its index: a walk by an iterator takes many times as long.
  for (let i = 0; i < bytes.length; i++) if ((bytes[i] ?? 0) < 128) count++;
  return count;
}

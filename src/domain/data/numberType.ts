/** How numbers lie in a file: kind (b truth values, u unsigned, i signed, f floating), bytes, order. */
export interface NumberType {
  readonly kind: 'b' | 'u' | 'i' | 'f';
  readonly itemBytes: 1 | 2 | 4 | 8;
  readonly littleEndian: boolean;
}

/** Reads the number at an index of `data`. */
export function numberReader(type: NumberType, data: Uint8Array): (index: number) => number {
  const { kind, itemBytes, littleEndian } = type;
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  switch (`${kind}${itemBytes}`) {
    case 'i1':
      return (index) => view.getInt8(index);
    case 'u2':
      return (index) => view.getUint16(2 * index, littleEndian);
    case 'i2':
      return (index) => view.getInt16(2 * index, littleEndian);
    case 'f2':
      return (index) => halfFloat(view.getUint16(2 * index, littleEndian));
    case 'u4':
      return (index) => view.getUint32(4 * index, littleEndian);
    case 'i4':
      return (index) => view.getInt32(4 * index, littleEndian);
    case 'f4':
      return (index) => view.getFloat32(4 * index, littleEndian);
    case 'f8':
      return (index) => view.getFloat64(8 * index, littleEndian);
    case 'u8':
    case 'i8':
      // What matters fits into the lower half; a BigInt for each would take seconds.
      return (index) => {
        const [low, high] = littleEndian ? [8 * index, 8 * index + 4] : [8 * index + 4, 8 * index];
        const above = view.getInt32(high, littleEndian);
        return above * 2 ** 32 + view.getUint32(low, littleEndian);
      };
    default: // u1 and b1
      return (index) => view.getUint8(index);
  }
}

/** IEEE 754 binary16: a sign, five bits of exponent, ten of fraction. */
export function halfFloat(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * 2 ** -24 * fraction;
  if (exponent === 0x1f) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return sign * 2 ** (exponent - 25) * (1024 + fraction);
}

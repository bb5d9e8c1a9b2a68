import { numberReader } from '../../domain/data/numberType.ts';
import type { FloatType } from './safetensorsHeader.ts';

/** Numbers of a file as 32-bit floats, which hold those of 16 bits exactly and round those of 64. */
export function asFloats(
  bytes: Uint8Array<ArrayBuffer>,
  type: FloatType,
): Float32Array<ArrayBuffer> {
  switch (type) {
    case 'F32':
      return new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
    case 'F64':
      return Float32Array.from(new Float64Array(bytes.buffer, bytes.byteOffset, bytes.length / 8));
    case 'BF16': {
      // The upper half of a 32-bit float.
      const halves = new Uint16Array(bytes.buffer, bytes.byteOffset, bytes.length / 2);
      return new Float32Array(Uint32Array.from(halves, (half) => half << 16).buffer);
    }
    case 'F16': {
      const at = numberReader({ kind: 'f', itemBytes: 2, littleEndian: true }, bytes);
      return Float32Array.from({ length: bytes.length / 2 }, (_, index) => at(index));
    }
  }
}

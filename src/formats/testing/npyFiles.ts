import { zipSync } from 'fflate';

/** A .npy file of version 1, as `numpy.save` writes it. */
export function encodeNpy(
  shape: readonly number[],
  data: Uint8Array,
  { descr = '|u1', fortran = false } = {},
): Uint8Array {
  const extents = shape.length === 1 ? `${shape[0]},` : shape.join(', ');
  const order = fortran ? 'True' : 'False';
  const dictionary = `{'descr': '${descr}', 'fortran_order': ${order}, 'shape': (${extents}), }`;
  const text = new TextEncoder().encode(dictionary);
  const headerBytes = Math.ceil((10 + text.length + 1) / 64) * 64 - 10;
  const bytes = new Uint8Array(10 + headerBytes + data.length);
  bytes.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, headerBytes & 255, headerBytes >> 8]);
  bytes.fill(0x20, 10, 10 + headerBytes - 1);
  bytes[10 + headerBytes - 1] = 0x0a;
  bytes.set(text, 10);
  bytes.set(data, 10 + headerBytes);
  return bytes;
}

/** An .npz file, as `numpy.savez_compressed` writes it. */
export function encodeNpz(arrays: Readonly<Record<string, Uint8Array>>): Uint8Array {
  const entries = Object.entries(arrays).map(([name, npy]) => [`${name}.npy`, npy] as const);
  return zipSync(Object.fromEntries(entries));
}

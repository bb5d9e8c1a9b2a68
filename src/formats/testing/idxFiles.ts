/** An IDX file of unsigned bytes. */
export function encodeIdx(extents: readonly number[], data: ArrayLike<number>): Uint8Array {
  const bytes = new Uint8Array(4 + 4 * extents.length + data.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, 0x800 + extents.length);
  for (const [i, extent] of extents.entries()) view.setUint32(4 + 4 * i, extent);
  bytes.set(data, 4 + 4 * extents.length);
  return bytes;
}

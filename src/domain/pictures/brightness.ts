/** Brightness of opaque colours, one byte a pixel, by the weights of ITU-R BT.601. */
export function brightnessOf(rgba: Uint8ClampedArray): Uint8Array {
  const bytes = new Uint8Array(rgba.length / 4);
  for (let pixel = 0; pixel < bytes.length; pixel++) {
    const red = rgba[4 * pixel] ?? 0;
    const green = rgba[4 * pixel + 1] ?? 0;
    const blue = rgba[4 * pixel + 2] ?? 0;
    bytes[pixel] = Math.round(0.299 * red + 0.587 * green + 0.114 * blue);
  }
  return bytes;
}

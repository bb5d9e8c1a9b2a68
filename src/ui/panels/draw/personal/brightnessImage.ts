/** A square of grey bytes as canvases take it. */
export function brightnessImage(brightness: Uint8Array, side: number): ImageData {
  const image = new ImageData(side, side);
  for (let pixel = 0; pixel < side * side; pixel++) {
    const grey = brightness[pixel] ?? 0;
    image.data.set([grey, grey, grey, 255], 4 * pixel);
  }
  return image;
}

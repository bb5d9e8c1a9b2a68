/**
 * The colours of signals, in both schemes the same: from black to ivory for plus, to cyan for minus, so
 * that order is seen without a legend.
 */
const GROUND = [13, 12, 11] as const;
export const PLUS = [255, 244, 222] as const;
export const MINUS = [74, 208, 226] as const;
/** Small values are seen too. */
const GAMMA = 0.75;
const LEVELS = 256;

export const cssColor = ([red, green, blue]: readonly [number, number, number]) =>
  `rgb(${red} ${green} ${blue})`;
export const groundColor = cssColor(GROUND);

const ramp = (end: readonly [number, number, number]) =>
  Uint32Array.from({ length: LEVELS }, (_, level) => {
    const share = (level / (LEVELS - 1)) ** GAMMA;
    const [red, green, blue] = GROUND.map((from, i) => from + share * ((end[i] ?? 0) - from));
    const bytes = Uint8ClampedArray.of(red ?? 0, green ?? 0, blue ?? 0, 255);
    return new Uint32Array(bytes.buffer)[0] ?? 0;
  });
const plus = ramp(PLUS);
const minus = ramp(MINUS);

/** A value as a pixel, where `most` is as bright as it gets. */
export function signalPixel(value: number, most: number): number {
  const level = most > 0 ? Math.min(1, Math.abs(value) / most) * (LEVELS - 1) : 0;
  return (value < 0 ? minus : plus)[Math.round(level)] ?? 0;
}

/** The largest of what there is, plus or minus. */
export function largestOf(values: ArrayLike<number>): number {
  let most = 0;
  for (let i = 0; i < values.length; i++) most = Math.max(most, Math.abs(values[i] ?? 0));
  return most;
}

/** A picture whose every pixel is told by its place. */
export function signalImage(
  width: number,
  height: number,
  most: number,
  valueAt: (x: number, y: number) => number,
): ImageData {
  const image = new ImageData(Math.max(1, width), Math.max(1, height));
  const pixels = new Uint32Array(image.data.buffer);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) pixels[y * width + x] = signalPixel(valueAt(x, y), most);
  }
  return image;
}

import { readBetween } from './cubic.ts';
import { cellOf, displacement, GRID_POINTS } from './elastic.ts';
import { type AugmentShape, Place } from './parameters.ts';

/** Where, in multiples of the radius, a thickened pixel looks: itself, then its eight neighbours. */
const NEIGHBOURS: readonly (readonly [number, number])[] = [
  [0, 0],
  [1, 0],
  [-1, 0],
  [0, 1],
  [0, -1],
  [Math.SQRT1_2, Math.SQRT1_2],
  [-Math.SQRT1_2, Math.SQRT1_2],
  [Math.SQRT1_2, -Math.SQRT1_2],
  [-Math.SQRT1_2, -Math.SQRT1_2],
];

/**
 * Varies one image as its parameters say (`parameters.ts`): the plain form of what the kernels do, in
 * which every engine without a kernel of its own trains.
 *
 * For each pixel of the result: its place is displaced by the elastic grid, mapped to the source, and
 * the source read there (`cubic.ts`). A thickened image takes the brightest of nine such readings
 * around the place, a thinned one the darkest.
 *
 * @param source bytes of one image, NHWC
 * @param out the same number of floats, 0 to 255
 */
export function augmentImage(
  { image: shape, bends, thickens }: AugmentShape,
  source: Uint8Array,
  parameters: Float32Array,
  out: Float32Array,
): void {
  const { height, width, channels } = shape;
  const number = (place: number) => parameters[place] ?? 0;
  const grid = parameters.subarray(Place.grid, Place.grid + 2 * GRID_POINTS ** 2);
  const [top, left, bottom, right] = [0, 1, 2, 3].map((i) => number(Place.erased + i));
  const radius = thickens ? number(Place.thickness) : 0;
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const [u, v] = bends
        ? displacement(grid, cellOf(row, height), cellOf(column, width))
        : [0, 0];
      const x = column - (width - 1) / 2 + u;
      const y = row - (height - 1) / 2 + v;
      const isErased =
        row >= (top ?? 0) && row < (bottom ?? 0) && column >= (left ?? 0) && column < (right ?? 0);
      for (let c = 0; c < channels; c++) {
        const readAt = (dx: number, dy: number) => {
          const [rx, ry] = [x + dx * radius, y + dy * radius];
          const sx = number(0) * rx + number(1) * ry + number(2) + (width - 1) / 2;
          const sy = number(3) * rx + number(4) * ry + number(5) + (height - 1) / 2;
          return readBetween(shape, source, sx, sy, c);
        };
        const reach = radius === 0 ? NEIGHBOURS.slice(0, 1) : NEIGHBOURS;
        const readings = reach.map(([dx, dy]) => readAt(dx, dy));
        const byte = radius < 0 ? Math.min(...readings) : Math.max(...readings);
        const lit = number(Place.gain) * byte + number(Place.lift + c);
        const at = (row * width + column) * channels + c;
        out[at] = isErased ? 0 : Math.min(255, Math.max(0, lit));
      }
    }
  }
}

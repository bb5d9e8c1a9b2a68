import * as v from 'valibot';
import { sizeOf } from '../architecture/shapes.ts';
import type { LabelledImages } from '../data/dataset.ts';
import type { Scaling } from '../recipe/scaling.ts';
import { augmentImage } from './augmentImage.ts';
import { PARAMETERS, Place } from './parameters.ts';

/** One way to look at every image alike, where training varies each at random. */
export interface FixedView {
  /** In degrees, clockwise as the image is seen. */
  readonly rotate: number;
  /** Below 1 it becomes smaller. */
  readonly scale: number;
  /** In pixels, to the right and down. */
  readonly shift: readonly [x: number, y: number];
  readonly mirror: boolean;
}

/** An image as it is. */
export const plainView: FixedView = { rotate: 0, scale: 1, shift: [0, 0], mirror: false };

const within = (min: number, max: number) =>
  v.pipe(v.number(), v.finite(), v.minValue(min), v.maxValue(max));
const pixels = within(-64, 64);

/** Validates a view that comes from outside. */
export const FixedViewSchema = v.pipe(
  v.strictObject({
    rotate: within(-180, 180),
    scale: within(0.1, 10),
    shift: v.pipe(v.tuple([pixels, pixels]), v.readonly()),
    mirror: v.boolean(),
  }),
  v.readonly(),
);

/** A row-major 2x3 matrix from a place of the result to the place of the source, from the centre on. */
export type PlaceMap = readonly [number, number, number, number, number, number];

/** The inverse of mirroring, scaling, turning and moving, in this order. */
export function mapOf({ rotate, scale, shift, mirror }: FixedView): PlaceMap {
  const angle = (rotate * Math.PI) / 180;
  const [cos, sin] = [Math.cos(angle) / scale, Math.sin(angle) / scale];
  const flip = mirror ? -1 : 1;
  const [dx, dy] = shift;
  const [a, b, d, e] = [flip * cos, flip * sin, -sin, cos];
  return [a, b, -(a * dx + b * dy), d, e, -(d * dx + e * dy)];
}

/** The map of looking through `first`, and at what is seen then through `second`. */
export function composed(first: PlaceMap, second: PlaceMap): PlaceMap {
  const [a, b, c, d, e, f] = first;
  const [p, q, r, s, t, u] = second;
  return [
    ...([a * p + b * s, a * q + b * t, a * r + b * u + c] as const),
    ...([d * p + e * s, d * q + e * t, d * r + e * u + f] as const),
  ];
}

/** Writes these images, mapped and then scaled, one after the other into `out` (NHWC). */
export function gatherMapped(
  { shape, pixels: source }: LabelledImages,
  indices: Uint32Array,
  map: PlaceMap,
  { offset, factor }: Scaling,
  out: Float32Array,
): void {
  const parameters = new Float32Array(PARAMETERS);
  parameters.set(map, Place.map);
  parameters[Place.gain] = 1;
  const bytes = sizeOf([shape.height, shape.width, shape.channels]);
  for (const [n, index] of indices.entries()) {
    const mapped = out.subarray(n * bytes, (n + 1) * bytes);
    const image = source.subarray(index * bytes, (index + 1) * bytes);
    augmentImage({ image: shape, bends: false, thickens: false }, image, parameters, mapped);
    for (let i = 0; i < bytes; i++) mapped[i] = ((mapped[i] ?? 0) - offset) * factor;
  }
}

import { zipSync } from 'fflate';
import type { Dataset, LabelledImages } from '../../domain/data/dataset.ts';
import { encodeIdx } from './idxFiles.ts';
import { encodePng } from './pictureFiles.ts';

/** Every image has its own number in its middle, so that any other image or label in its place is seen. */
export const COUNT = 30;
export const SIDE = 16;
export const AREA = SIDE * SIDE;
export const pixels = (i: number) =>
  Uint8Array.from({ length: AREA }, (_, place) => (place === AREA / 2 ? 100 + i : place % 7));
export const classOf = (i: number) => (i * 3) % 4;
export const every = <T>(make: (i: number) => T, from = 0, to = COUNT) =>
  Array.from({ length: to - from }, (_, k) => make(from + k));
export const names = Array.from({ length: AREA }, (_, i) => `pixel${i}`);
export const csv = (...rows: readonly (readonly (string | number)[])[]) =>
  `${rows.map((row) => row.join(',')).join('\n')}\n`;
export const png = (i: number) => encodePng({ height: SIDE, width: SIDE, channels: 1 }, pixels(i));
export const pictures = (path: (i: number) => string, from = 0, to = COUNT) =>
  Object.fromEntries(every((i) => [path(i), png(i)] as const, from, to));
export const idx = (from: number, to: number) =>
  encodeIdx([to - from, SIDE, SIDE], every((i) => [...pixels(i)], from, to).flat());
export const inClasses = (from: number, to: number) =>
  zipSync(pictures((i) => `${classOf(i)}/${i}.png`, from, to));

/** Which image lies at each place, and what class it is said to be. */
export function contents({ classNames }: Dataset, { count, pixels, labels }: LabelledImages) {
  const places = Array.from({ length: count }, (_, place) => place);
  return places.map((place) => [
    (pixels[place * AREA + AREA / 2] ?? 0) - 100,
    classNames[labels[place] ?? -1],
  ]);
}

import type { Stroke } from '../../domain/drawing/strokes.ts';
import type { GreyPicture } from '../../domain/reading/ink.ts';
import { Chance, mottle } from './chance.ts';
import { coverage } from './coverage.ts';

/** What is the matter with a photograph. Each has paper with a texture, and a camera with its noise. */
export const photographKinds = [
  'texture',
  'gradient',
  'half shadow',
  'desk',
  'lined',
  'squared',
  'pencil',
  'finger',
] as const;
export type PhotographKind = (typeof photographKinds)[number];

/** Side of a photograph, in pixels, unless a test wants to be quick. */
const USUAL_SIDE = 400;

/** A share of the light that comes back, from 0 to 1, at a place of the photograph in pixels. */
type Surface = (x: number, y: number) => number;

/**
 * Photographs strokes on paper: what paper and ink reflect, times the light that falls there, seen by a
 * camera that blurs by about a pixel and adds noise.
 */
export function photograph(
  kind: PhotographKind,
  strokes: readonly Stroke[],
  seed: number,
  side = USUAL_SIDE,
): GreyPicture {
  const chance = new Chance(seed);
  const paper = textured(seed, chance.between(0.8, 0.92), chance.between(0.01, 0.03));
  const isPencil = kind === 'pencil';
  const blackness = isPencil ? chance.between(0.35, 0.55) : chance.between(0.75, 0.9);
  const written = coverage(strokes, side);
  const page = ruled(kind, paper, chance, side);
  const inked: Surface = (x, y) => {
    // A pencil leaves graphite on the heights of the paper alone.
    const grip = isPencil ? 0.8 + 0.3 * mottle(seed + 1, x / 2, y / 2) : 1;
    return page(x, y) * (1 - blackness * grip * (written[y * side + x] ?? 0));
  };
  const scene = covered(kind, inked, chance, seed, side);
  const light = lit(kind, chance, side);
  const noise = chance.between(1, 3);
  const pixels = new Uint8Array(side * side);
  const raw = Float32Array.from({ length: side * side }, (_, i) => {
    const [x, y] = [i % side, Math.floor(i / side)];
    return 255 * scene(x, y) * light(x, y);
  });
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const grain = noise * (mottle(seed + 2, 1.7 * x, 1.7 * y) + mottle(seed + 3, x, y));
      pixels[y * side + x] = Math.min(
        255,
        Math.max(0, Math.round(blurred(raw, side, x, y) + grain)),
      );
    }
  }
  return { width: side, height: side, pixels, ink: 'auto' };
}

function blurred(raw: Float32Array, side: number, x: number, y: number): number {
  let [sum, weights] = [0, 0];
  for (let dy = -1; dy <= 1; dy++) {
    for (let dx = -1; dx <= 1; dx++) {
      const [nx, ny] = [x + dx, y + dy];
      if (nx < 0 || ny < 0 || nx >= side || ny >= side) continue;
      const weight = (2 - Math.abs(dx)) * (2 - Math.abs(dy));
      sum += weight * (raw[ny * side + nx] ?? 0);
      weights += weight;
    }
  }
  return sum / weights;
}

function textured(seed: number, white: number, depth: number): Surface {
  return (x, y) =>
    white +
    (depth *
      (mottle(seed + 4, x / 40, y / 40) +
        mottle(seed + 5, x / 9, y / 9) +
        mottle(seed + 6, x / 2, y / 2))) /
      2;
}

/** With printed lines, a little askew, as lined and squared paper has them. */
function ruled(kind: PhotographKind, paper: Surface, chance: Chance, side: number): Surface {
  if (kind !== 'lined' && kind !== 'squared') return paper;
  const pitch =
    side * (kind === 'lined' ? chance.between(0.08, 0.14) : chance.between(0.045, 0.08));
  const slope = Math.tan((chance.between(-2, 2) * Math.PI) / 180);
  const [phase, thickness] = [chance.between(0, pitch), chance.between(1.2, 2.2)];
  const level = chance.between(0.62, 0.85);
  const isOn = (place: number) => ((place % pitch) + pitch) % pitch < thickness;
  return (x, y) => {
    const onRow = isOn(y + slope * x + phase);
    const onColumn = kind === 'squared' && isOn(x - slope * y + phase);
    return paper(x, y) * (onRow || onColumn ? level : 1);
  };
}

/** With a desk around the sheet, or a finger that holds it. */
function covered(
  kind: PhotographKind,
  page: Surface,
  chance: Chance,
  seed: number,
  side: number,
): Surface {
  if (kind === 'desk') {
    const angle = (chance.between(-6, 6) * Math.PI) / 180;
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
    const half = [0, 1, 2, 3].map(() => side * chance.between(0.36, 0.47));
    const wood = chance.between(0.15, 0.4);
    return (x, y) => {
      const [dx, dy] = [x - side / 2, y - side / 2];
      const [across, down] = [cos * dx + sin * dy, cos * dy - sin * dx];
      const [left = 0, right = 0, top = 0, bottom = 0] = half;
      const isPaper = across > -left && across < right && down > -top && down < bottom;
      if (isPaper) return page(x, y);
      return (
        wood * (1 + 0.25 * mottle(seed + 7, x / 60, y / 6) + 0.1 * mottle(seed + 8, x / 3, y / 3))
      );
    };
  }
  if (kind === 'finger') {
    const [radius, length] = [side * chance.between(0.06, 0.09), side * chance.between(0.08, 0.16)];
    const along =
      side * (chance.between(0, 1) < 0.5 ? chance.between(0, 0.2) : chance.between(0.8, 1));
    const edge = chance.whole(4);
    const tone = chance.between(0.45, 0.65);
    return (x, y) => {
      const [reach, beside] = [
        [y, x],
        [side - 1 - y, x],
        [x, y],
        [side - 1 - x, y],
      ][edge] as [number, number];
      const aside = (beside - along) / radius;
      const tip = Math.max(0, reach - length) / radius;
      const distance = aside * aside + tip * tip;
      return distance < 1 ? tone * (1 - 0.3 * distance) : page(x, y);
    };
  }
  return page;
}

/** How much light falls where. */
function lit(kind: PhotographKind, chance: Chance, side: number): Surface {
  const angle = chance.between(0, 2 * Math.PI);
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const towards = (x: number, y: number) => (cos * (x - side / 2) + sin * (y - side / 2)) / side;
  if (kind === 'gradient') {
    const depth = chance.between(0.5, 0.75);
    return (x, y) => 1 - depth * (0.5 + towards(x, y) / Math.SQRT2);
  }
  if (kind === 'half shadow') {
    const [depth, penumbra] = [chance.between(0.35, 0.6), chance.between(0.01, 0.05)];
    const edge = chance.between(-0.15, 0.15);
    return (x, y) => 1 - depth / (1 + Math.exp((-4 * (towards(x, y) - edge)) / penumbra));
  }
  return (x, y) => 1 - 0.08 * (0.5 + towards(x, y));
}

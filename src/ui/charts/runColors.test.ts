import { describe, expect, it } from 'vitest';
import { at } from '../../util/assert.ts';
import { MOST_OVERLAID, runColors, runLook } from './runColors.ts';

type Rgb = readonly [red: number, green: number, blue: number];

/** What the curves are drawn on: the page, and the surface of a tooltip. */
const grounds = { light: ['#f6f4ee', '#fffdf8'], dark: ['#171615', '#211f1d'] } as const;

/** Machado et al. 2009, severity 1, on linear light. */
const blindness = {
  none: [1, 0, 0, 0, 1, 0, 0, 0, 1],
  protan: [
    0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998,
  ],
  deutan: [
    0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881,
  ],
  tritan: [
    1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.3039,
  ],
} as const;

function linear(hex: string): Rgb {
  const channel = (place: number) => {
    const share = Number.parseInt(hex.slice(place, place + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  };
  return [channel(1), channel(3), channel(5)];
}

function contrast(a: string, b: string): number {
  const luminance = (hex: string) => {
    const [red, green, blue] = linear(hex);
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

/** As this eye sees it, in OKLab (Ottosson 2020), where distances are about as large as they look. */
function seen(hex: string, matrix: readonly number[]): Rgb {
  const times = (rows: readonly number[], [x, y, z]: Rgb): Rgb => {
    const row = (i: number) => at(rows, i) * x + at(rows, i + 1) * y + at(rows, i + 2) * z;
    return [row(0), row(3), row(6)];
  };
  const cones = times(
    [
      0.4122214708, 0.5363325363, 0.0514459929, 0.2119034982, 0.6806995451, 0.1073969566,
      0.0883024619, 0.2817188376, 0.6299787005,
    ],
    times(matrix, linear(hex)),
  );
  const roots: Rgb = [Math.cbrt(cones[0]), Math.cbrt(cones[1]), Math.cbrt(cones[2])];
  return times(
    [
      0.2104542553, 0.793617785, -0.0040720468, 1.9779984951, -2.428592205, 0.4505937099,
      0.0259040371, 0.7827717662, -0.808675766,
    ],
    roots,
  );
}

function distance(a: Rgb, b: Rgb): number {
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}

const looks = Array.from({ length: MOST_OVERLAID }, (_, place) => runLook(place));

describe('how compared runs look', () => {
  it('is another for every run that can be compared', () => {
    const distinct = new Set(looks.map(({ color, dashes }) => `${color} ${dashes}`));
    expect(distinct.size).toBe(MOST_OVERLAID);
  });

  for (const scheme of ['light', 'dark'] as const) {
    it(`stands out from the ground, ${scheme}`, () => {
      for (const color of Object.values(runColors[scheme])) {
        for (const ground of grounds[scheme]) {
          expect(contrast(color, ground), `${color} on ${ground}`).toBeGreaterThanOrEqual(3);
        }
      }
    });

    it(`is told apart by colour or by dashes, whatever the eye, ${scheme}`, () => {
      const colors: Readonly<Record<string, string>> = runColors[scheme];
      const hexOf = (color: string) => colors[color.slice('var('.length, -1)] ?? '';
      for (const [eye, matrix] of Object.entries(blindness)) {
        looks.forEach((look, i) => {
          for (const other of looks.slice(i + 1)) {
            if (look.dashes !== other.dashes) continue;
            const apart = distance(
              seen(hexOf(look.color), matrix),
              seen(hexOf(other.color), matrix),
            );
            expect(apart, `${eye}: ${look.color} and ${other.color}`).toBeGreaterThan(0.06);
          }
        });
      }
    });
  }
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AugmentPlan, augmentShapeOf, drawAugmentations, planAugmentation } from './draw.ts';
import { GRID_POINTS } from './elastic.ts';
import { PARAMETERS, Place } from './parameters.ts';
import { type AugmentStrengths, noAugmentation, strengthRanges } from './strengths.ts';

const COLOURS = [
  { direction: [0.6, 0.8, 0] as const, sd: 60 },
  { direction: [-0.8, 0.6, 0] as const, sd: 20 },
  { direction: [0, 0, 1] as const, sd: 5 },
];

const everything: AugmentStrengths = {
  ...{ shift: 3, rotate: 20, scale: 0.2, shear: 0.3, elastic: 1.5, thickness: 0.8 },
  ...{ brightness: 0.2, contrast: 0.4, erase: 0.5, mirror: 'on', lighting: 0.1 },
};

const planOf = (strengths: Partial<AugmentStrengths>, seed = 1): AugmentPlan => ({
  strengths: { ...noAugmentation, ...strengths },
  ...{ seed, shape: { height: 28, width: 20, channels: 3 }, colours: COLOURS },
});

/** The parameters of each image of a step. */
function draw(plan: AugmentPlan, step: number, count: number): Float32Array[] {
  const out = new Float32Array(count * PARAMETERS).fill(Number.NaN);
  drawAugmentations(plan, step, count, out);
  return Array.from({ length: count }, (_, n) => out.slice(n * PARAMETERS, (n + 1) * PARAMETERS));
}

const number = (drawn: Float32Array, place: number) => drawn[place] ?? Number.NaN;

/** What an image without a variation has: it maps to itself, and keeps its light. */
const untouched = new Float32Array(PARAMETERS);
untouched.set([1, 0, 0, 0, 1, 0], Place.map);
untouched[Place.gain] = 1;

/** The places that each strength decides. */
const decides: Record<keyof AugmentStrengths, readonly number[]> = (() => {
  const range = (from: number, count: number) => Array.from({ length: count }, (_, i) => from + i);
  const map = range(Place.map, 6);
  return {
    ...{ shift: map, rotate: map, scale: map, shear: map, mirror: map },
    thickness: [Place.thickness],
    contrast: [Place.gain],
    ...{ brightness: range(Place.lift, 3), lighting: range(Place.lift, 3) },
    erase: range(Place.erased, 4),
    elastic: range(Place.grid, 2 * GRID_POINTS ** 2),
  };
})();
const strengthNames = Object.keys(noAugmentation) as (keyof AugmentStrengths)[];

describe('what is drawn for the images of a step', () => {
  it('depends on the seed, the step and the place in the batch alone', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(10_000), fc.integer({ min: 2, max: 9 }), (seed, step, count) => {
        const plan = planOf(everything, seed);
        const drawn = draw(plan, step, count);
        draw(plan, step + 5, 3);
        // Nothing of what was drawn before or of the size of the batch shows.
        expect(draw(planOf(everything, seed), step, count - 1)).toEqual(drawn.slice(0, -1));
        expect(drawn[1]).not.toEqual(drawn[0]);
        expect(draw(plan, step + 1, 1)[0]).not.toEqual(drawn[0]);
        expect(draw(planOf(everything, seed + 1), step, 1)[0]).not.toEqual(drawn[0]);
      }),
      { numRuns: 30 },
    );
  });

  it('leaves an image alone where no strength is set', () => {
    for (const drawn of draw(planOf({}), 3, 8)) {
      // A zero's sign tells nothing.
      expect(drawn.map((value) => value + 0)).toEqual(untouched);
    }
  });

  it.each(strengthNames)('is the same in all else when %s changes', (name) => {
    const off = draw(planOf({ ...everything, [name]: noAugmentation[name] }), 4, 12);
    const on = draw(planOf(everything), 4, 12);
    expect(off).not.toEqual(on);
    for (const [n, drawn] of on.entries()) {
      for (const [place, value] of drawn.entries()) {
        if (!decides[name].includes(place)) expect(off[n]?.[place]).toBe(value);
      }
    }
  });

  it('stays within its strengths, and uses their whole width', () => {
    const drawn = Array.from({ length: 40 }, (_, step) =>
      draw(planOf(everything), step, 25),
    ).flat();
    const spread = (place: number) => {
      const values = drawn.map((of) => number(of, place));
      return [Math.min(...values), Math.max(...values)] as const;
    };
    const expectWidth = (place: number, middle: number, bound: number) => {
      const [least, most] = spread(place);
      expect(least).toBeGreaterThanOrEqual(Math.fround(middle - bound));
      expect(least).toBeLessThan(middle - 0.95 * bound);
      expect(most).toBeLessThanOrEqual(Math.fround(middle + bound));
      expect(most).toBeGreaterThan(middle + 0.95 * bound);
    };
    expectWidth(Place.thickness, 0, everything.thickness);
    expectWidth(Place.gain, 1, everything.contrast);
    for (let i = 0; i < 2 * GRID_POINTS ** 2; i++) {
      expectWidth(Place.grid + i, 0, everything.elastic);
    }
  });
});

describe('the map of an image', () => {
  it('is the inverse of moving, turning and scaling it', () => {
    for (const drawn of draw(planOf({ shift: 3, rotate: 20, scale: 0.2 }), 5, 50)) {
      const [a, b, tx, d, e, ty] = [0, 1, 2, 3, 4, 5].map((place) => number(drawn, place));
      const [m0 = 0, m1 = 0, m2 = 0, m3 = 0, m4 = 0, m5 = 0] = [a, b, tx, d, e, ty];
      const determinant = m0 * m4 - m1 * m3;
      const factor = 1 / Math.sqrt(determinant);
      expect(Math.abs(factor - 1)).toBeLessThanOrEqual(0.2 + 1e-6);
      const degrees = (Math.atan2(-m3, m4) * 180) / Math.PI;
      expect(Math.abs(degrees)).toBeLessThanOrEqual(20 + 1e-4);
      // The source's centre comes to lie at the shift.
      const dx = (m1 * m5 - m4 * m2) / determinant;
      const dy = (m3 * m2 - m0 * m5) / determinant;
      expect(Math.max(Math.abs(dx), Math.abs(dy))).toBeLessThanOrEqual(3 + 1e-4);
      expect([m4, m1]).toEqual([m0, -m3].map((value) => expect.closeTo(value, 6)));
    }
  });

  it('mirrors about every other image, and no other strength does', () => {
    const mirrored = (strengths: Partial<AugmentStrengths>) =>
      draw(planOf(strengths), 6, 400).filter((drawn) => number(drawn, 0) < 0).length;
    expect(mirrored({ mirror: 'on' })).toBeGreaterThan(160);
    expect(mirrored({ mirror: 'on' })).toBeLessThan(240);
    expect(mirrored({ ...everything, mirror: 'off' })).toBe(0);
  });
});

describe('the rectangle that is erased', () => {
  it('takes 2 to 20 % of the image, within it, in the share of images that was asked for', () => {
    const { height, width } = planOf({}).shape;
    const rectangles = Array.from({ length: 20 }, (_, step) =>
      draw(planOf({ erase: 0.5 }), step, 50),
    )
      .flat()
      .map((drawn) => [...drawn.slice(Place.erased, Place.erased + 4)])
      .filter((edges) => edges.some((edge) => edge !== 0));
    expect(rectangles.length).toBeGreaterThan(430);
    expect(rectangles.length).toBeLessThan(570);
    for (const [top = -1, left = -1, bottom = -1, right = -1] of rectangles) {
      expect(Math.min(top, left)).toBeGreaterThanOrEqual(0);
      expect(bottom).toBeLessThanOrEqual(height);
      expect(right).toBeLessThanOrEqual(width);
      // Sides are whole pixels: half of one may be missing or too much on each.
      const [rows, columns] = [bottom - top, right - left];
      const area = height * width;
      expect((rows + 0.5) * (columns + 0.5)).toBeGreaterThanOrEqual(0.02 * area);
      expect((rows - 0.5) * (columns - 0.5)).toBeLessThanOrEqual(0.2 * area);
    }
  });

  it('is there always or never at the ends of the range', () => {
    const erased = (erase: number) =>
      draw(planOf({ erase }), 1, 100).filter((drawn) => number(drawn, Place.erased + 2) > 0).length;
    expect(erased(0)).toBe(0);
    expect(erased(1)).toBe(100);
  });
});

describe('the light of an image', () => {
  it('varies along the principal colours, by their deviation', () => {
    const drawn = Array.from({ length: 40 }, (_, step) =>
      draw(planOf({ lighting: 0.1 }), step, 50),
    );
    const along = (direction: readonly number[]) => {
      const lifts = drawn
        .flat()
        .map((of) =>
          direction.reduce((sum, share, c) => sum + share * number(of, Place.lift + c), 0),
        );
      return Math.sqrt(lifts.reduce((sum, lift) => sum + lift ** 2, 0) / lifts.length);
    };
    for (const { direction, sd } of COLOURS) {
      expect(along(direction) / (0.1 * sd)).toBeGreaterThan(0.93);
      expect(along(direction) / (0.1 * sd)).toBeLessThan(1.07);
    }
  });

  it('is the same in all channels where it is only its brightness', () => {
    for (const drawn of draw(planOf({ brightness: 0.2 }), 2, 50)) {
      const [red, green, blue] = drawn.slice(Place.lift, Place.lift + 3);
      expect([green, blue]).toEqual([red, red]);
      expect(Math.abs(red ?? Number.NaN)).toBeLessThanOrEqual(51);
    }
  });
});

describe('the plan of a recipe', () => {
  const images = {
    ...{ shape: { height: 1, width: 2, channels: 3 }, count: 2, labels: new Uint16Array(2) },
    pixels: Uint8Array.of(0, 0, 0, 90, 0, 0, 30, 0, 0, 250, 0, 0),
  };
  const training = Uint32Array.of(0, 1);

  it('is none where the recipe leaves images as they are', () => {
    expect(planAugmentation({ ...noAugmentation, seed: 1 }, images, training)).toBeUndefined();
  });

  it('fits the principal colours where lighting varies, and only there', () => {
    const lit = planAugmentation({ ...noAugmentation, lighting: 0.1, seed: 1 }, images, training);
    expect(lit?.colours?.[0]?.direction.map(Math.abs)).toEqual([1, 0, 0]);
    const plain = planAugmentation({ ...noAugmentation, shift: 1, seed: 1 }, images, training);
    expect(plain?.colours).toBeNull();
  });

  it('bends and thickens at any strength of these', () => {
    const { elastic, thickness } = strengthRanges;
    expect(augmentShapeOf(planOf({ elastic: elastic.max }))).toMatchObject({ bends: true });
    expect(augmentShapeOf(planOf({ thickness: thickness.max / 100 }))).toMatchObject({
      ...{ bends: false, thickens: true },
    });
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { augmentImage } from './augmentImage.ts';
import { GRID_POINTS } from './elastic.ts';
import { PARAMETERS, Place } from './parameters.ts';

const [HEIGHT, WIDTH, CHANNELS] = [5, 5, 3];
const BYTES = HEIGHT * WIDTH * CHANNELS;
const shape = { height: HEIGHT, width: WIDTH, channels: CHANNELS };

/** Bent images take a while. */
const RUNS = { numRuns: 25 };

const images = fc.uint8Array({ minLength: BYTES, maxLength: BYTES });
const pixel = fc.integer({ min: -4, max: 4 });

/** Row-major, as `Place.map` says: the identity. */
const IDENTITY = [1, 0, 0, 0, 1, 0];

/** What becomes of an image when these parameters differ from those that leave it as it is. */
function vary(
  source: ArrayLike<number>,
  change: Partial<Record<keyof typeof Place, readonly number[]>> = {},
  side = { height: HEIGHT, width: WIDTH, channels: CHANNELS },
): Float32Array {
  const parameters = new Float32Array(PARAMETERS);
  parameters.set(IDENTITY, Place.map);
  parameters[Place.gain] = 1;
  for (const [name, values] of Object.entries(change)) {
    parameters.set(values, Place[name as keyof typeof Place]);
  }
  const out = new Float32Array(source.length).fill(Number.NaN);
  const plan = { image: side, bends: 'grid' in change, thickens: 'thickness' in change };
  augmentImage(plan, Uint8Array.from(source), parameters, out);
  return out;
}

/** The image whose pixel at (row, column) is the source's at `from(row, column)`, held inside. */
function moved(source: Uint8Array, from: (row: number, column: number) => readonly number[]) {
  const inside = (place: number, side: number) => Math.min(side - 1, Math.max(0, place));
  return Float32Array.from(source, (_, i) => {
    const place = Math.floor(i / CHANNELS);
    const [row = 0, column = 0] = from(Math.floor(place / WIDTH), place % WIDTH);
    const at = (inside(row, HEIGHT) * WIDTH + inside(column, WIDTH)) * CHANNELS + (i % CHANNELS);
    return source[at] ?? Number.NaN;
  });
}

describe('an image that is varied', () => {
  it('is itself to the bit where nothing varies it', () => {
    fc.assert(
      fc.property(images, (source) => {
        expect(vary(source)).toEqual(Float32Array.from(source));
        const still = {
          thickness: [0],
          grid: Array.from({ length: 2 * GRID_POINTS ** 2 }, () => 0),
        };
        expect(vary(source, still)).toEqual(Float32Array.from(source));
      }),
      RUNS,
    );
  });

  it('moves by whole pixels, and repeats its border behind it', () => {
    fc.assert(
      fc.property(images, pixel, pixel, (source, dx, dy) => {
        const shifted = vary(source, { map: [1, 0, -dx, 0, 1, -dy] });
        expect(shifted).toEqual(moved(source, (row, column) => [row - dy, column - dx]));
      }),
    );
  });

  it('lies between its pixels where it moves by half of one', () => {
    const row = Uint8Array.of(10, 30, 200);
    const side = { height: 1, width: 3, channels: 1 };
    // (-p0 + 9 p1 + 9 p2 - p3) / 16, the border repeated; at the border itself, the border.
    const halves = [(-10 + 90 + 270 - 200) / 16, (-10 + 270 + 1800 - 200) / 16, 200];
    expect([...vary(row, { map: [1, 0, 0.5, 0, 1, 0] }, side)]).toEqual(halves);
  });

  it('turns by a quarter', () => {
    fc.assert(
      fc.property(images, (source) => {
        const turned = vary(source, { map: [0, 1, 0, -1, 0, 0] });
        expect(turned).toEqual(moved(source, (row, column) => [WIDTH - 1 - column, row]));
      }),
    );
  });

  it('is itself again after it was mirrored twice', () => {
    const mirror = { map: [-1, 0, 0, 0, 1, 0] };
    fc.assert(
      fc.property(images, (source) => {
        const mirrored = vary(source, mirror);
        expect(mirrored).toEqual(moved(source, (row, column) => [row, WIDTH - 1 - column]));
        expect(vary(mirrored, mirror)).toEqual(Float32Array.from(source));
      }),
    );
  });

  it('moves as a whole where all points of the elastic grid do', () => {
    fc.assert(
      fc.property(images, pixel, pixel, (source, dx, dy) => {
        const grid = Array.from({ length: GRID_POINTS ** 2 }, () => [dx, dy]).flat();
        const bent = vary(source, { grid });
        const expected = moved(source, (row, column) => [row + dy, column + dx]);
        for (const [i, byte] of bent.entries()) {
          expect(Math.abs(byte - (expected[i] ?? Number.NaN))).toBeLessThan(1e-3);
        }
      }),
      RUNS,
    );
  });

  it('grows bright by what is bright around a pixel, and dark by what is dark', () => {
    const [side, centre] = [{ height: 5, width: 5, channels: 1 }, 12];
    const dot = Uint8Array.from({ length: 25 }, (_, i) => (i === centre ? 200 : 40));
    const bright = vary(dot, { thickness: [1] }, side);
    for (const neighbour of [7, 11, 12, 13, 17]) expect(bright[neighbour]).toBe(200);
    expect(bright[6]).toBeGreaterThan(40);
    // A little darker beside the dot, where the cubic swings.
    for (const byte of vary(dot, { thickness: [-1] }, side)) {
      expect(byte).toBeGreaterThan(10);
      expect(byte).toBeLessThanOrEqual(40);
    }
  });

  it('is lit channel by channel, within 0 to 255', () => {
    const lit = vary(
      Uint8Array.of(100, 100, 100, 200, 0, 255),
      {
        ...{ gain: [1.5], lift: [0, 20, -160] },
      },
      { height: 1, width: 2, channels: 3 },
    );
    expect([...lit]).toEqual([150, 170, 0, 255, 20, 222.5]);
  });

  it('is black where it is erased, and nowhere else', () => {
    const white = new Uint8Array(BYTES).fill(250);
    const erased = vary(white, { erased: [1, 2, 4, 5], lift: [5, 5, 5] });
    for (const [i, byte] of erased.entries()) {
      const [row, column] = [Math.floor(i / CHANNELS / WIDTH), Math.floor(i / CHANNELS) % WIDTH];
      expect(byte).toBe(row >= 1 && row < 4 && column >= 2 ? 0 : 255);
    }
  });
});

describe('the parameters of an image', () => {
  it('stand side by side, with room for each', () => {
    expect(Place.grid + 2 * GRID_POINTS ** 2).toBeLessThanOrEqual(PARAMETERS);
    expect(shape.channels).toBeLessThanOrEqual(Place.erased - Place.lift);
  });
});

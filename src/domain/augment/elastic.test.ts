import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawAugmentations } from './draw.ts';
import { cellOf, displacement, GRID_CELLS, GRID_POINTS, splineWeights } from './elastic.ts';
import { PARAMETERS, Place } from './parameters.ts';
import { noAugmentation } from './strengths.ts';

const share = fc.double({ min: 0, max: 1, noNaN: true });
const side = fc.integer({ min: 1, max: 40 });
const POINTS = GRID_POINTS ** 2;

/** A grid whose points are displaced as a function of their row and column says. */
function gridOf(push: (row: number, column: number) => readonly [number, number]): Float64Array {
  const points = Array.from({ length: POINTS }, (_, i) =>
    push(Math.floor(i / GRID_POINTS), i % GRID_POINTS),
  );
  return Float64Array.from(points.flat());
}

describe('the weights of four control points', () => {
  it('add up to 1, are never negative, and are symmetric', () => {
    fc.assert(
      fc.property(share, (t) => {
        const weights = splineWeights(t);
        expect(weights.reduce((sum, weight) => sum + weight)).toBeCloseTo(1, 12);
        for (const [i, mirrored] of [...splineWeights(1 - t)].reverse().entries()) {
          expect(weights[i]).toBeGreaterThanOrEqual(-1e-15);
          expect(weights[i]).toBeCloseTo(mirrored, 12);
        }
      }),
    );
  });

  it('pass from cell to cell without a step', () => {
    const [, ...behind] = splineWeights(1);
    const [...before] = splineWeights(0);
    for (const [i, weight] of behind.entries()) expect(weight).toBeCloseTo(before[i] ?? 1, 12);
  });
});

describe('the displacement of a pixel', () => {
  it('is that of the control points where all are displaced alike', () => {
    const grid = gridOf(() => [1.5, -0.75]);
    fc.assert(
      fc.property(side, share, share, (size, row, column) => {
        const cells = [row, column].map((at) => cellOf(Math.floor(at * (size - 1)), size));
        const [x, y] = displacement(grid, cells[0] ?? cellOf(0, 1), cells[1] ?? cellOf(0, 1));
        expect(x).toBeCloseTo(1.5, 12);
        expect(y).toBeCloseTo(-0.75, 12);
      }),
    );
  });

  it('grows evenly where that of the control points does', () => {
    const grid = gridOf((row, column) => [column, 2 * row]);
    const size = 28;
    for (let i = 0; i < size; i++) {
      const cell = cellOf(i, size);
      const [x, y] = displacement(grid, cell, cell);
      // A point stands one before the first cell.
      const expected = 1 + cell.cell + cell.t;
      expect(x).toBeCloseTo(expected, 12);
      expect(y).toBeCloseTo(2 * expected, 12);
    }
  });

  it('never goes beyond that of the control points', () => {
    const push = fc.double({ min: -2, max: 2, noNaN: true });
    const grids = fc.array(push, { minLength: 2 * POINTS, maxLength: 2 * POINTS });
    fc.assert(
      fc.property(grids, side, share, (grid, size, at) => {
        const cell = cellOf(Math.floor(at * (size - 1)), size);
        for (const moved of displacement(grid, cell, cell)) {
          expect(Math.abs(moved)).toBeLessThanOrEqual(2 + 1e-12);
        }
      }),
    );
  });
});

describe('how far pixels move on an axis', () => {
  it('is 0.28 of the strength, the root of the mean square over draws and pixels', () => {
    const [strength, draws, size] = [2, 300, 28];
    const shape = { height: size, width: size, channels: 1 };
    const strengths = { ...noAugmentation, elastic: strength };
    const drawn = new Float32Array(draws * PARAMETERS);
    drawAugmentations({ strengths, seed: 1, shape, colours: null }, 0, draws, drawn);
    let squares = 0;
    for (let n = 0; n < draws; n++) {
      const first = n * PARAMETERS + Place.grid;
      const grid = drawn.subarray(first, first + 2 * POINTS);
      for (let pixel = 0; pixel < size * size; pixel++) {
        const row = cellOf(Math.floor(pixel / size), size);
        const [x, y] = displacement(grid, row, cellOf(pixel % size, size));
        squares += x * x + y * y;
      }
    }
    const rms = Math.sqrt(squares / (2 * draws * size * size));
    expect(rms / strength).toBeGreaterThan(0.27);
    expect(rms / strength).toBeLessThan(0.29);
  });
});

describe('the cell of a pixel', () => {
  it('is one of the grid, and the cells follow one another', () => {
    fc.assert(
      fc.property(side, (size) => {
        const places = Array.from({ length: size }, (_, i) => cellOf(i, size));
        for (const [i, { cell, t }] of places.entries()) {
          expect(cell).toBeLessThan(GRID_CELLS);
          expect(t).toBeGreaterThanOrEqual(0);
          expect(t).toBeLessThanOrEqual(1);
          expect(cell + t).toBeCloseTo(((i + 0.5) * GRID_CELLS) / size, 12);
        }
      }),
    );
  });
});

import { beforeAll, describe, expect, it, type TestContext } from 'vitest';
import { at } from '../../../util/assert.ts';
import { webgpuTraits } from '../../device.ts';
import { startEngine } from '../../engines.ts';
import { sampleValues } from '../../testing/compare.ts';
import { matMulProblem } from '../kernels/matMul.ts';
import type { Shader, Workgroups } from '../operation.ts';
import { plainMatMul } from '../testing/products.ts';
import { runVariant } from '../testing/runOnDevice.ts';
import { declareBindings, MOST_WORKGROUPS, tileGrid } from '../wgsl.ts';
import type { GemmProblem } from './problem.ts';
import { quadTileShader } from './quadTile.ts';
import { registerTileShader } from './registerTile.ts';

/** More tiles than there may be workgroups in a row. */

beforeAll(async () => {
  await startEngine('webgpu', (problem) => {
    throw problem;
  });
});

describe('a grid of tiles', () => {
  it.each<Workgroups>([
    [1, 1, 1],
    [7, 7, 7],
    [8, 1, 1],
    [1, 8, 1],
    [2, 3, 8],
    [40, 1, 1],
    [3, 5, 2],
  ])('of %i by %i by %i visits each tile once, 7 workgroups in a row', async (...tiles) => {
    const [x, y, z] = tiles;
    const grid = tileGrid(tiles, 7);
    const wgsl = `${declareBindings([{ name: 'visits', access: 'read_write', type: 'array<f32>' }])}
@compute @workgroup_size(1)
fn main(${grid.parameter}) {
  ${grid.locate}visits[(group.z * ${y}u + group.y) * ${x}u + group.x] += 1.0;
}`;
    const { workgroups } = grid;
    const shaders: Shader[] = [{ label: 'visits', wgsl, operands: ['visits'], workgroups }];
    const held = await runVariant(
      { name: 'visits', shaders, scratch: {} },
      { operands: { visits: new Float32Array(x * y * z) } },
    );
    expect(new Set(held('visits'))).toEqual(new Set([1]));
    expect(Math.max(workgroups[0], workgroups[2])).toBeLessThanOrEqual(7);
  });
});

/** Rows of a workgroup of these tiles. */
const ROWS = 4;

describe('a product of more rows than fit, four a workgroup', () => {
  const rows = ROWS * MOST_WORKGROUPS + 5;
  const product = { batches: 1, rows, columns: 2, depth: 3, transposeA: false, transposeB: false };

  it.for([
    {
      name: 'register tiles',
      shares: false,
      shader: (problem: GemmProblem) =>
        registerTileShader(problem, {
          ...{ rows: ROWS, vectors: 1, unroll: 3, share: false, workgroupSize: 4 },
        }),
    },
    {
      name: 'quad tiles',
      shares: true,
      shader: (problem: GemmProblem) =>
        quadTileShader(problem, { quadRows: 1, columns: 4, unroll: 3 }),
    },
  ])('is right by $name', async ({ shader, shares }, { skip }: TestContext) => {
    skip(shares && !webgpuTraits().subgroups, 'this device has no subgroups to share in');
    const made = shader(matMulProblem(product));
    expect(made.workgroups[1]).toBe(2);
    const a = sampleValues([rows * 3], 1);
    const b = sampleValues([3 * 2], 2);
    const held = await runVariant(
      { name: 'folded', shaders: [made], scratch: {} },
      { operands: { a, b }, outputs: { c: rows * 2 } },
    );
    const expected = plainMatMul(product, a, b);
    const isRight = held('c').every((value, i) => Math.abs(value - at(expected, i)) < 1e-5);
    expect(isRight).toBe(true);
  });
});

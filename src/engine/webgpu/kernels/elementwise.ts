import type { Finish } from '../gemm/problem.ts';
import { finishBindings, finishSource } from '../gemm/source.ts';
import { FLOAT_BYTES, type Operation } from '../operation.ts';
import { STEP_STRUCT } from '../step.ts';
import { declareBindings, linearGrid } from '../wgsl.ts';

/**
 * What is mostly done on the way out of another operation, alone: `y = finish(x)`, for each element of
 * `[rows, columns]`. Operands: `x`, `y`, and those of `finish`.
 */
export function elementwise(rows: number, columns: number, finish: Finish): Operation {
  const wide = columns % 4 === 0;
  const vectors = Math.ceil(columns / 4);
  const grid = linearGrid(rows * vectors);
  const type = wide ? 'array<vec4f>' : 'array<f32>';
  const bindings = [
    { name: 'x', access: 'read', type } as const,
    { name: 'y', access: 'read_write', type } as const,
    ...finishBindings(finish, wide),
  ];
  const lane = (i: number) => `x[at + min(${i}u, ${columns - 1}u - column)]`;
  const wgsl = `${finish.usesStep ? STEP_STRUCT : ''}
${declareBindings(bindings)}
${finishSource(finish, wide)}
${grid.main(`
  let column = item % ${vectors}u * 4u;
  let at = item / ${vectors}u * ${columns}u + column;
  let sums = ${wide ? 'x[at / 4u]' : `vec4f(${[0, 1, 2, 3].map(lane).join(', ')})`};
  let value = finish(sums, at, column);
  ${
    wide
      ? 'y[at / 4u] = value;'
      : `for (var i = 0u; i < min(4u, ${columns}u - column); i++) { y[at + i] = value[i]; }`
  }`)}`;
  return {
    op: 'elementwise',
    shape: `${rows}x${columns}, ${finish.label}`,
    flops: rows * columns,
    bytes: 2 * rows * columns * FLOAT_BYTES,
    variants: [
      {
        name: wide ? '4 columns' : '1 column',
        shaders: [
          {
            label: `elementwise ${finish.label}`,
            wgsl,
            operands: bindings.map(({ name }) => name),
            workgroups: grid.workgroups,
          },
        ],
        scratch: {},
      },
    ],
  };
}

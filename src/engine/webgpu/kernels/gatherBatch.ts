import type { Operation } from '../operation.ts';
import { FLOAT_BYTES } from '../operation.ts';
import { STEP_BINDING, STEP_STRUCT } from '../step.ts';
import { declareBindings, f32, linearGrid } from '../wgsl.ts';

/**
 * Fetches the images of a batch from the data set, which lies on the device as bytes, and scales
 * them: `x[row] = (pixels[order[row]] - offset) * factor`. Per step only `order` travels. Rows from
 * `step.count` on become zeros.
 */
export interface GatherShape {
  readonly batch: number;
  /** Height times width times channels. */
  readonly imageBytes: number;
  readonly offset: number;
  readonly factor: number;
}

/** Operands: `pixels`, `order`, `x`, `step`. */
export function gatherBatch({ batch, imageBytes, offset, factor }: GatherShape): Operation {
  const quarters = Math.ceil(imageBytes / 4);
  const grid = linearGrid(batch * quarters);
  const wgsl = `${STEP_STRUCT}
${declareBindings([
  { name: 'pixels', access: 'read', type: 'array<u32>' },
  { name: 'order', access: 'read', type: 'array<u32>' },
  { name: 'x', access: 'read_write', type: 'array<f32>' },
  STEP_BINDING,
])}
${grid.main(`
  let row = item / ${quarters}u;
  let first = item % ${quarters}u * 4u;
  let end = min(first + 4u, ${imageBytes}u);
  if (row >= step.count) {
    for (var i = first; i < end; i++) { x[row * ${imageBytes}u + i] = 0.0; }
    return;
  }
  for (var i = first; i < end; i++) {
    let at = order[row] * ${imageBytes}u + i;
    let byte = (pixels[at / 4u] >> (8u * (at % 4u))) & 255u;
    x[row * ${imageBytes}u + i] = (f32(byte) - ${f32(offset)}) * ${f32(factor)};
  }`)}`;
  return {
    op: 'gatherBatch',
    shape: `${batch}x${imageBytes}, (x - ${offset}) * ${factor}`,
    flops: 2 * batch * imageBytes,
    bytes: batch * imageBytes * (1 + FLOAT_BYTES),
    variants: [
      {
        name: 'four bytes',
        shaders: [
          {
            label: 'gatherBatch',
            wgsl,
            operands: ['pixels', 'order', 'x', 'step'],
            workgroups: grid.workgroups,
          },
        ],
        scratch: {},
      },
    ],
  };
}

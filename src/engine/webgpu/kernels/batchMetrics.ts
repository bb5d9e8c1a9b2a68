import type { DeviceTraits, Operation } from '../operation.ts';
import { FLOAT_BYTES } from '../operation.ts';
import { STEP_BINDING, STEP_STRUCT } from '../step.ts';
import { declareBindings } from '../wgsl.ts';
import { workgroupSum } from './workgroupSum.ts';

/**
 * Adds up the figures of the rows (`softmaxCrossEntropy.ts`) into `metrics[step.slot]`, means of the
 * batch, where they wait until someone reads them.
 */
export interface MetricsShape {
  readonly batch: number;
  /** Steps whose figures `metrics` holds. */
  readonly slots: number;
}

/** Operands: `figures`, `metrics`, `step`. */
export function batchMetrics(
  { batch, slots }: MetricsShape,
  { software }: Pick<DeviceTraits, 'software'> = { software: true },
): Operation {
  const wgsl = `${STEP_STRUCT}
${declareBindings([
  { name: 'figures', access: 'read', type: 'array<vec2f>' },
  { name: 'metrics', access: 'read_write', type: `array<vec2f, ${slots}>` },
  STEP_BINDING,
])}
${workgroupSum(
  {
    ...{ type: 'vec2f', count: batch, value: 'figures[i]' },
    finish: 'metrics[step.slot] = sum / f32(step.count);',
  },
  software,
)}`;
  return {
    op: 'batchMetrics',
    shape: `${batch} into ${slots}`,
    flops: 2 * batch,
    bytes: 2 * batch * FLOAT_BYTES,
    variants: [
      {
        name: software ? 'one by one' : 'by a workgroup',
        shaders: [
          {
            label: 'batchMetrics',
            wgsl,
            operands: ['figures', 'metrics', 'step'],
            workgroups: [1, 1, 1],
          },
        ],
        scratch: {},
      },
    ],
  };
}

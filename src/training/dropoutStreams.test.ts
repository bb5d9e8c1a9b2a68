import { describe, expect, it } from 'vitest';
import { type Architecture, buildArchitecture, widths } from '../domain/architecture.ts';
import { imageSides } from '../domain/imageSides.ts';
import { ADAM } from '../domain/optimizerRule.ts';
import { maskStream } from '../engine/maskPlan.ts';
import { planStep } from './compiled/plan.ts';
import { planCalls } from './threaded/stepCalls.ts';

const scaling = { kind: 'minmax', offset: 0, factor: 1 / 255 } as const;
const common = { batchSize: 8, imageCount: 10, scaling, metricSlots: 16, labelSmoothing: 0 };

/** The argument of `dropout` that is its stream (assembly/dropout.ts). */
const STREAM = 3;

/** By the calls of the processor's step, in their order. */
function streamsOnProcessor(architecture: Architecture): unknown[] {
  const { calls } = planCalls({
    ...{ ...common, architecture, seed: 1, decays: false, averages: false },
  });
  return calls.filter(({ kernel }) => kernel === 'dropout').map(({ args }) => args[STREAM]);
}

/** By the shaders of the GPU's step, in every variant that may be chosen. */
function streamsOnGpu(architecture: Architecture): number[][] {
  const traits = { software: false, subgroups: true, maxWorkgroupsPerDimension: 65_535 };
  const { nodes } = planStep({ ...common, architecture, rule: ADAM, traits });
  return nodes.flatMap(({ operation }) => {
    const streams = operation.variants.map(({ shaders }) =>
      shaders.flatMap(({ wgsl }) => [
        ...new Set(
          [...wgsl.matchAll(/pcg4d\(vec4u\(step\.seed, (\d+)u/g)].map(([, stream]) =>
            Number(stream),
          ),
        ),
      ]),
    );
    return streams.some((of) => of.length > 0) ? [streams.flat()] : [];
  });
}

describe('the random numbers that dropout layers draw', () => {
  const sides = [imageSides.min, 17, 20, 28, 32, 47, imageSides.max];
  it.each(sides.flatMap((side) => widths.map((width) => ({ side, width }))))(
    'are of streams of their own, the same on all engines: sides of $side, width $width',
    ({ side, width }) => {
      const input = { height: side, width: side, channels: 1 };
      const architecture = buildArchitecture({
        ...{ id: 'alexnet', width, input, classes: 10, dropout: 0.5 },
      });
      const expected = architecture.layers.flatMap(({ kind }, index) =>
        kind === 'dropout' ? [maskStream(index)] : [],
      );
      expect(new Set(expected).size).toBe(2);
      expect(streamsOnProcessor(architecture)).toEqual(expected);
      const onGpu = streamsOnGpu(architecture);
      expect(onGpu.map((streams) => [...new Set(streams)])).toEqual(expected.map((s) => [s]));
    },
  );
});

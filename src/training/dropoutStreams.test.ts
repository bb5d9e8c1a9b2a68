import { describe, expect, it } from 'vitest';
import {
  type Architecture,
  buildArchitecture,
  widths,
} from '../domain/architecture/architecture.ts';
import { describeNetwork } from '../domain/architecture/shapes.ts';
import { imageSides } from '../domain/pictures/imageSides.ts';
import { maskStream } from '../engine/maskPlan.ts';
import { planStep } from './compiled/stepPlan.ts';
import { plainOptions } from './plan/testing/options.ts';
import { planTraining } from './plan/trainingPlan.ts';
import { planCalls } from './threaded/callPlan.ts';

/** The argument of `dropout` that is its stream (assembly/dropout.ts). */
const STREAM = 3;

/** By the calls of the processor's step, in their order. */
function streamsOnProcessor(architecture: Architecture): unknown[] {
  const { calls } = planCalls(planTraining(plainOptions(architecture)), 1);
  return calls.filter(({ kernel }) => kernel === 'dropout').map(({ args }) => args[STREAM]);
}

/** By the shaders of the GPU's step, in every variant that may be chosen. */
function streamsOnGpu(architecture: Architecture): number[][] {
  const traits = { software: false, subgroups: true };
  const { nodes } = planStep(planTraining(plainOptions(architecture)), traits);
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
  const sides = Array.from(
    { length: imageSides.max - imageSides.min + 1 },
    (_, i) => imageSides.min + i,
  );
  const alexnet = (width: number, side: number, channels: number) =>
    buildArchitecture({
      ...{ id: 'alexnet', width, classes: 10, dropout: 0.5 },
      input: { height: side, width: side, channels },
    });
  const expected = alexnet(1, 28, 1).layers.flatMap(({ kind }, index) =>
    kind === 'dropout' ? [maskStream(index)] : [],
  );

  it('are of streams of their own', () => {
    expect(expected).toHaveLength(2);
    expect(new Set(expected).size).toBe(2);
  });

  describe.each(widths)('at width %d', (width) => {
    it('are of the same streams on the processor, at every side, grey and in colour', () => {
      for (const side of sides)
        for (const channels of [1, 3])
          expect(streamsOnProcessor(alexnet(width, side, channels)), `${side}`).toEqual(expected);
    });

    it.each([imageSides.min, 17, 20, 28, 32, 47, imageSides.max])(
      'are of the same streams in every variant on the GPU, at sides of %d',
      (side) => {
        const onGpu = streamsOnGpu(alexnet(width, side, 1));
        expect(onGpu.map((streams) => [...new Set(streams)])).toEqual(expected.map((s) => [s]));
      },
    );

    it('are the same in colour: all layers but the first are those for grey images', () => {
      for (const side of sides) {
        const [grey, colour] = [1, 3].map(
          (channels) => describeNetwork(alexnet(width, side, channels)).layers,
        );
        expect(colour?.slice(1), `${side}`).toEqual(grey?.slice(1));
        expect(colour?.[0]?.outputShape, `${side}`).toEqual(grey?.[0]?.outputShape);
      }
    });
  });
});

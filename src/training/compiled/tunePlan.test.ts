import { describe, expect, it } from 'vitest';
import { buildArchitecture, widths } from '../../domain/architecture/architecture.ts';
import { imageSides } from '../../domain/pictures/imageSides.ts';
import { maskStream } from '../../engine/maskPlan.ts';
import type { Operation } from '../../engine/webgpu/operation.ts';
import type { Trial, TunedOperation } from '../../engine/webgpu/trial.ts';
import { type Choose, chooseBy } from '../../engine/webgpu/tuner.ts';
import { type Machine, tuningKey } from '../../engine/webgpu/tuningKey.ts';
import { plainOptions } from '../plan/testing/options.ts';
import { planTraining } from '../plan/trainingPlan.ts';
import { planStep } from './stepPlan.ts';
import { tunedOperations } from './tunePlan.ts';

const traits = { software: false, subgroups: true };
const machine: Machine = {
  ...{ vendor: '', architecture: '', description: '', browser: '', features: [], limits: {} },
};

function alexnet(width: number, side: number, channels: number) {
  const architecture = buildArchitecture({
    ...{ id: 'alexnet', width, classes: 10, dropout: 0.5 },
    input: { height: side, width: side, channels },
  });
  const plan = planStep(planTraining(plainOptions(architecture, 100)), traits);
  return { architecture, tuned: tunedOperations(plan) };
}

const sourceOf = ({ variants }: Operation) =>
  JSON.stringify(variants.map(({ name, shaders }) => [name, shaders.map(({ wgsl }) => wgsl)]));

describe('the operations of a plan that are tuned', () => {
  it('have room for whatever their shaders bind', () => {
    for (const { operation, operandBytes } of alexnet(1 / 8, 28, 1).tuned) {
      for (const { scratch, shaders } of operation.variants) {
        const bytes = { ...operandBytes, ...scratch };
        for (const operand of shaders.flatMap(({ operands }) => operands)) {
          expect(bytes[operand], `${operand} of ${operation.op}`).toBeGreaterThan(0);
        }
      }
    }
  });
});

const sides = Array.from(
  { length: imageSides.max - imageSides.min + 1 },
  (_, i) => imageSides.min + i,
);
/**
 * Grey images of every side, and some in colour: of those the test of `dropoutStreams` shows that only
 * the first layer sees a difference.
 */
const inputs = [
  ...sides.map((side) => [side, 1]),
  ...[16, 28, 32, 64].map((side) => [side, 3]),
] as [number, number][];

describe.each(widths)('at width %f and every side', (width) => {
  it('what is of one name is of one source, and each layer drops by its own stream', async () => {
    for (const [side, channels] of inputs) {
      const { architecture, tuned } = alexnet(width, side, channels);
      expectNamesToTell(tuned, (operation) => tuningKey(machine, operation));
      expectNamesToTell(tuned, ({ op, shape }) => `${op} ${shape}`);

      const planned = architecture.layers.flatMap(({ kind }, i) =>
        kind === 'dropout' ? [maskStream(i)] : [],
      );
      const dropping = tuned.filter(({ operation }) => operation.shape.includes('dropout'));
      const options = { machine, budgetMs: 1e9 };
      const likeliest = await chooseBy(async () => undefined, dropping, undefined, options);
      const measured = await chooseBy(lastIsBest, dropping, undefined, options);
      expect(streamsOf(dropping, likeliest), `${side}`).toEqual(planned);
      expect(streamsOf(dropping, measured), `${side}`).toEqual(planned);
    }
  });
});

function expectNamesToTell(
  tuned: readonly TunedOperation[],
  nameOf: (operation: Operation) => string,
): void {
  const sources = new Map<string, string>();
  for (const { operation, operandBytes } of tuned) {
    const name = nameOf(operation);
    const source = sourceOf(operation) + JSON.stringify(Object.entries(operandBytes).sort());
    if ((sources.get(name) ?? source) !== source) expect.fail(`${name} names two sources`);
    sources.set(name, source);
  }
}

/** By which the shaders that were chosen draw their masks, in the order of the plan. */
function streamsOf(tuned: readonly TunedOperation[], choose: Choose): number[] {
  const streams = tuned.flatMap(({ operation }) =>
    choose(operation).shaders.flatMap(({ wgsl }) =>
      [...wgsl.matchAll(/step[.]seed, (\d+)u/g)].map(([, stream]) => Number(stream)),
    ),
  );
  return [...new Set(streams)];
}

/** Trials by which the last variant of an operation is its fastest. */
async function lastIsBest(): Promise<Trial> {
  let ms = 100;
  return { measure: async () => ({ kind: 'works', ms: --ms }), dispose: () => undefined };
}

import { describe, expect, it } from 'vitest';
import { type ArchitectureId, buildArchitecture } from '../../domain/architecture/architecture.ts';
import {
  bytesOf,
  multiplyAddsOf,
  operandsOf,
  type Value,
} from '../../domain/architecture/operation.ts';
import { describeNetwork } from '../../domain/architecture/shapes.ts';
import { wasmAbilities } from '../../engine/wasm/lowering/lower.ts';
import { planInference } from './inferencePlan.ts';
import { forEngine } from './passes/forEngine.ts';
import { withoutUnused } from './passes/withoutUnused.ts';
import { withoutViews } from './passes/withoutViews.ts';
import type { Plan } from './plan.ts';
import { plainOptions, richOptions } from './testing/options.ts';
import { planTraining } from './trainingPlan.ts';

const input = { height: 28, width: 28, channels: 1 };
const architectureOf = (id: ArchitectureId, more: object = {}) =>
  buildArchitecture({ id, width: 0.25, input, classes: 10, dropout: 0.5, ...more });

const networks = {
  AlexNet: architectureOf('alexnet'),
  'AlexNet with batch normalisation': architectureOf('alexnet', { normalization: 'batch' }),
  'LeNet-5': architectureOf('lenet5'),
  'the original AlexNet': buildArchitecture({
    ...{ id: 'alexnet-original', width: 1, classes: 1000, dropout: 0.5 },
    input: { height: 224, width: 224, channels: 3 },
  }),
};

/** Names of what is read before it was made, and does not last. */
function readTooEarly({ operations }: Plan, given: readonly string[] = []): string[] {
  const made = new Set(given);
  return operations.flatMap((operation) => {
    const { reads, writes, finish = [] } = operation;
    const folded = finish.flatMap(({ reads: { x: _, ...others } }) => Object.values(others));
    const early = [...Object.values(reads), ...folded].filter(
      ({ name, lasts }) => !lasts && !made.has(name),
    );
    for (const { name } of Object.values(writes)) made.add(name);
    return early.map(({ name }) => name);
  });
}

describe.each(Object.entries(networks))('a plan of %s', (_, architecture) => {
  const plans = {
    training: planTraining(richOptions(architecture)),
    inference: planInference(architecture, 7, false),
  };

  it('makes every value before it is read, as the mathematics has it and as an engine runs it', () => {
    for (const plan of [plans.training, forEngine(plans.training, wasmAbilities)]) {
      expect(readTooEarly(plan)).toEqual([]);
    }
    for (const plan of [plans.inference, forEngine(plans.inference, wasmAbilities)]) {
      expect(readTooEarly(plan, ['images'])).toEqual([]);
    }
  });

  it('has every value in one size wherever it is named', () => {
    for (const plan of Object.values(plans)) {
      const known = new Map<string, Value>();
      for (const operation of plan.operations) {
        for (const value of Object.values(operandsOf(operation))) {
          const first = known.get(value.name) ?? value;
          expect(bytesOf(value), value.name).toBe(bytesOf(first));
          known.set(value.name, value);
        }
      }
    }
  });

  it('counts the multiply-adds of the products: forward, and twice that backward but for the first', () => {
    const { layers, multiplyAdds } = describeNetwork(architecture);
    const first = layers[0]?.multiplyAdds ?? 0;
    const sum = ({ operations }: Plan) =>
      operations.reduce((total, operation) => total + multiplyAddsOf(operation), 0);
    expect(sum(withoutUnused(withoutViews(plans.training)))).toBe(7 * (3 * multiplyAdds - first));
    expect(sum(plans.inference)).toBe(7 * multiplyAdds);
  });

  it('drops nothing, moves nothing and learns nothing where it only reads', () => {
    const kinds = new Set(plans.inference.operations.map(({ kind }) => kind));
    for (const kind of ['dropout', 'batchMoments', 'update', 'gate'] as const) {
      expect(kinds.has(kind)).toBe(false);
    }
    expect(
      Object.keys(
        operandsOf(forEngine(plans.inference, wasmAbilities).operations[0] ?? expect.fail()),
      ),
    ).not.toContain('argmax');
  });
});

describe('the plan of a training step', () => {
  it('updates a weight as soon as its gradient is there, or all at the end if they are clipped', () => {
    const backwardBehindFirstUpdate = (clip: object) => {
      const options = { ...plainOptions(networks['LeNet-5']), ...clip };
      const { operations } = planTraining(options);
      const first = operations.findIndex(({ kind }) => kind === 'update');
      return operations.slice(first).filter(({ phase }) => phase === 'backward').length;
    };
    expect(backwardBehindFirstUpdate({})).toBeGreaterThan(0);
    expect(backwardBehindFirstUpdate({ clipNorm: 1 })).toBe(0);
  });

  it('lets kernels decay, and no bias', () => {
    const { operations } = planTraining(richOptions(networks['LeNet-5']));
    const rules = operations.flatMap(({ kind, of, layer }) =>
      kind === 'update' ? [[layer, of.rule.kind]] : [],
    );
    expect(rules.length).toBe(10);
    for (const [layer, rule] of rules)
      expect(rule, layer).toBe(/bias/.test(String(layer)) ? 'adam' : 'adamw');
  });

  it('reads the averages of the weights that learn, and the statistics as they are', () => {
    const { operations } = planInference(networks['AlexNet with batch normalisation'], 2, true);
    const lasting = operations.flatMap(({ reads }) =>
      Object.values(reads).flatMap(({ name, lasts }) => (lasts ? [name] : [])),
    );
    expect(lasting).toContain('average/conv1/kernel');
    expect(lasting).toContain('norm1/moving_mean');
    expect(lasting.filter((name) => !/average|moving/.test(name))).toEqual([]);
  });
});

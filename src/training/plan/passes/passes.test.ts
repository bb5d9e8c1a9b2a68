import { describe, expect, it } from 'vitest';
import type { Abilities } from '../../../domain/architecture/abilities.ts';
import { type Architecture, buildArchitecture } from '../../../domain/architecture/architecture.ts';
import type { Layer } from '../../../domain/architecture/layer.ts';
import type { OperationKind } from '../../../domain/architecture/operation.ts';
import { wasmAbilities } from '../../../engine/wasm/lowering/lower.ts';
import type { Plan, Planned } from '../plan.ts';
import { plainOptions } from '../testing/options.ts';
import { planTraining } from '../trainingPlan.ts';
import { foldFinishes } from './foldFinishes.ts';
import { forEngine, whatIsLacking } from './forEngine.ts';
import { inPlace } from './inPlace.ts';
import { masksIntoGates } from './masksIntoGates.ts';
import { plainOperands } from './plainOperands.ts';
import { withoutUnused } from './withoutUnused.ts';
import { withoutViews } from './withoutViews.ts';

const everything: Abilities = { kinds: new Set(), folds: () => true };

/** Layers on small images, a dense one behind them. */
function networkOf(...layers: Layer[]): Architecture {
  const lenet5 = buildArchitecture({
    ...{ id: 'lenet5', width: 1, classes: 3, dropout: 0 },
    input: { height: 6, width: 6, channels: 4 },
  });
  const dense: Layer = { kind: 'dense', name: 'out', units: 3, activation: 'linear' };
  return { ...lenet5, layers: [...layers, { kind: 'flatten', name: 'flatten' }, dense] };
}

const conv = (name: string, more: object = {}): Layer => ({
  ...{ kind: 'conv2d', name, filters: 8, kernelSize: 3, stride: 1, padding: 'same', groups: 1 },
  ...{ activation: 'relu', ...more },
});
const dense = (activation: 'relu' | 'tanh'): Layer => ({
  ...{ kind: 'dense', name: 'fc', units: 5, activation },
});
const drop = (name: string): Layer => ({ kind: 'dropout', name, rate: 0.5 });

const stepOf = (...layers: Layer[]): Plan =>
  withoutUnused(withoutViews(planTraining(plainOptions(networkOf(...layers), 2))));

const ofKind = ({ operations }: Plan, kind: OperationKind): Planned[] =>
  operations.filter((operation) => operation.kind === kind);

const valuesOf = ({ operations }: Plan): Set<string> =>
  new Set(operations.flatMap(({ writes }) => Object.values(writes).map(({ name }) => name)));

const folded = (operation: Planned | undefined) => operation?.finish?.map(({ kind }) => kind);

describe('what nobody needs is not done', () => {
  it('a flattened image is the image', () => {
    const plan = stepOf(conv('conv'));
    expect(ofKind(plan, 'view')).toEqual([]);
    expect(ofKind(plan, 'matMul')[0]?.reads.a?.name).toBe('conv');
  });

  it('the images have no gradient', () => {
    const plan = stepOf(conv('first'), conv('second'));
    expect(ofKind(plan, 'conv2dInputGradient').map(({ layer }) => layer)).toEqual(['second']);
  });
});

describe('what is elementwise is folded into what comes before', () => {
  it('bias and activation into a product, and a gate into the gradient that it lets through', () => {
    const plan = foldFinishes(stepOf(conv('first'), conv('second')), everything);
    expect(ofKind(plan, 'conv2d').map(folded)).toEqual([
      ['addBias', 'activate'],
      ['addBias', 'activate'],
    ]);
    expect(folded(ofKind(plan, 'conv2dInputGradient')[0])).toEqual(['gate']);
    for (const kind of ['addBias', 'activate', 'gate'] as const) {
      expect(ofKind(plan, kind)).toEqual([]);
    }
  });

  it('as far as an engine can', () => {
    const plan = foldFinishes(stepOf(dense('tanh')), wasmAbilities);
    expect(folded(ofKind(plan, 'matMul')[0])).toEqual(['addBias']);
    expect(ofKind(plan, 'activate')).toHaveLength(1);
  });

  it('but not where somebody else reads what it was', () => {
    const plan = foldFinishes(masksIntoGates(stepOf(dense('tanh'), drop('drop'))), everything);
    expect(folded(ofKind(plan, 'matMul')[0])).toEqual(['addBias', 'activate']);
    expect(ofKind(plan, 'dropout')).toHaveLength(1);
  });
});

describe('dropout on the way back', () => {
  it('is a gate behind a ReLU, told from what it left', () => {
    const plan = masksIntoGates(stepOf(dense('relu'), drop('drop')));
    expect(ofKind(plan, 'dropout').map(({ phase }) => phase)).toEqual(['forward']);
    const [gate] = ofKind(plan, 'gate');
    expect(gate?.of).toEqual({ gate: { kind: 'relu', scale: 2 } });
    expect(gate?.reads.gated?.name).toBe('drop');
  });

  it.each([
    ['tanh', [dense('tanh'), drop('drop')]],
    ['a convolution and its pooling', [conv('conv'), pool(), drop('drop')]],
    ['another dropout', [dense('relu'), drop('drop'), drop('again')]],
  ] as const)('draws the same mask once more behind %s', (_, layers) => {
    const masks = ofKind(masksIntoGates(stepOf(...layers)), 'dropout');
    const drawn = (phase: string) =>
      masks.flatMap((mask) => (mask.phase === phase ? [JSON.stringify(mask.of)] : []));
    expect(drawn('backward').length).toBeGreaterThan(0);
    for (const mask of drawn('backward')) expect(drawn('forward')).toContain(mask);
  });
});

function pool(): Layer {
  return { kind: 'maxPool', name: 'pool', poolSize: 3, stride: 2, padding: 'same' };
}

describe('kernels that work where they read', () => {
  it('change a value in its place', () => {
    const plan = inPlace(masksIntoGates(stepOf(dense('relu'), drop('drop'))));
    const [mask] = ofKind(plan, 'dropout');
    expect(mask?.reads.x).toEqual(mask?.writes.y);
    expect(ofKind(plan, 'copy')).toEqual([]);
  });

  it('get a copy where the value is wanted as it was', () => {
    const plan = inPlace(stepOf(dense('tanh'), drop('drop')));
    const [copy] = ofKind(plan, 'copy');
    expect([copy?.reads.x?.name, copy?.writes.y?.name]).toEqual(['fc', 'drop']);
    expect(ofKind(plan, 'gate')[0]?.reads.gated?.name).toBe('fc');
  });
});

describe('kernels that want plain operands', () => {
  it('share images with their padding around them', () => {
    const plan = plainOperands(stepOf(conv('first'), conv('second')));
    const padded = ofKind(plan, 'padImages').filter(({ phase }) => phase === 'forward');
    expect(padded.map(({ writes }) => writes.y?.shape)).toEqual([
      [2, 8, 8, 4],
      [2, 8, 8, 8],
    ]);
    const [last] = ofKind(plan, 'conv2dFilterGradient');
    expect(last?.reads.x).toEqual(padded[1]?.writes.y);
  });

  it('need no padding where every window lies inside', () => {
    const plan = plainOperands(stepOf(conv('valid', { padding: 'valid' })));
    expect(ofKind(plan, 'padImages')).toEqual([]);
  });
});

describe('groups of channels', () => {
  it('are convolutions of their own, put together again', () => {
    const plan = stepOf(conv('whole'), conv('towers', { groups: 2 }));
    const towers = ofKind(plan, 'conv2d').filter(({ layer }) => layer === 'towers');
    expect(towers.map(({ of }) => ('inChannels' in of ? of.inChannels : 0))).toEqual([4, 4]);
    expect(valuesOf(plan)).toContain('towers');
    expect(valuesOf(plan)).toContain('d towers/kernel');
    expect(ofKind(plan, 'joinChannels')).toHaveLength(3);
  });
});

describe('what an engine lacks', () => {
  it('is named, and refused', () => {
    const plan = stepOf(conv('conv'));
    const { kinds } = wasmAbilities;
    const poorer = { ...wasmAbilities, kinds: new Set([...kinds].filter((k) => k !== 'gate')) };
    expect(whatIsLacking(forEngine(plan, wasmAbilities), poorer)).toEqual(['gate']);
    expect(() => forEngine(plan, poorer)).toThrow('gate');
  });
});

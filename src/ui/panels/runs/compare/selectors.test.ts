import { describe, expect, it } from 'vitest';
import type { History } from '../../../../domain/metrics/metrics.ts';
import { architectureOf, type Recipe, seedRecipe } from '../../../../domain/recipe/recipe.ts';
import type { RunRecord } from '../../../../domain/runs/run.ts';
import { at } from '../../../../util/assert.ts';
import { runLook } from '../../../charts/runColors.ts';
import {
  comparedRuns,
  furthest,
  gapSeries,
  legendKeys,
  metricSeries,
  usualSplit,
  valuesOf,
} from './selectors.ts';

const history: History = {
  training: [10, 20, 30, 40].map((step) => ({ step, loss: 40 / step, accuracy: step / 100 })),
  validation: [
    { step: 20, loss: 3, accuracy: 0.1, images: 100 },
    { step: 40, loss: 2, accuracy: 0.3, images: 100 },
  ],
};

function recordOf(id: string, changes: Partial<RunRecord> = {}): RunRecord {
  const recipe: Recipe = { ...seedRecipe, steps: 40, batchSize: 100 };
  return {
    ...{ id, name: `run ${id}`, status: 'finished' as const, createdAt: 1, updatedAt: 1, recipe },
    ...{
      datasetName: 'MNIST',
      classNames: [],
      engine: 'wasm',
      step: 40,
      trainingMs: 8000,
      history,
    },
    architecture: architectureOf(recipe, { height: 28, width: 28, channels: 1 }, 10),
    scaling: { kind: 'minmax', offset: 0, factor: 1 / 255 },
    ...changes,
  };
}

const runs = comparedRuns([recordOf('a'), recordOf('b', { trainingMs: 4000 })], (id) =>
  id === 'a' ? 0 : 3,
);
const own = ({ record }: { record: RunRecord }) => record.name;
const named = ({ record }: { record: RunRecord }, part: string) => `${record.name}, ${part}`;

describe('the curves of compared runs', () => {
  it('are two of each, drawn in the look of its place', () => {
    const series = metricSeries(runs, { metric: 'loss', pace: 'step', split: 'both' }, named);
    expect(series.map(({ name, weight }) => `${name}: ${weight}`)).toEqual([
      'run a, training: thin',
      'run a, validation: bold',
      'run b, training: thin',
      'run b, validation: bold',
    ]);
    expect(series.map(({ look }) => look)).toEqual([0, 0, 3, 3].map(runLook));
    expect(series.map(({ runId }) => runId)).toEqual(['a', 'a', 'b', 'b']);
    expect(new Set(series.map(({ key }) => key)).size).toBe(4);
  });

  it('are the asked ones alone, and bold then', () => {
    const of = (split: 'training' | 'validation') =>
      metricSeries(runs, { metric: 'accuracy', pace: 'step', split }, named);
    expect(of('training').map(({ weight }) => weight)).toEqual(['bold', 'bold']);
    expect(at(of('validation'), 0).points).toEqual([
      { x: 20, y: 0.1 },
      { x: 40, y: 0.3 },
    ]);
  });

  it('are smoothed without a pull to the first value; the validation is as it was measured', () => {
    const level = { ...history, training: history.training.map((p) => ({ ...p, loss: 5 })) };
    const [training] = metricSeries(
      comparedRuns([recordOf('a', { history: level })], () => 0),
      { metric: 'loss', pace: 'step', split: 'training' },
      named,
    );
    for (const { y } of training?.points ?? []) expect(y).toBeCloseTo(5, 9);
    const [first] = metricSeries(runs, { metric: 'loss', pace: 'step', split: 'training' }, named);
    expect(first?.points[0]).toEqual({ x: 10, y: 4 });
    expect(first?.points[3]?.y).toBeGreaterThan(1);
  });

  it('go across in steps, or in the seconds that each run took', () => {
    const ends = (pace: 'step' | 'time') =>
      gapSeries(runs, { metric: 'loss', pace }, own).map(({ points }) => points.at(-1)?.x);
    expect(ends('step')).toEqual([40, 40]);
    expect(ends('time')).toEqual([8, 4]);
    expect(furthest(gapSeries(runs, { metric: 'loss', pace: 'time' }, own))).toBe(8);
    const untrained = comparedRuns([recordOf('c', { step: 0, trainingMs: 0 })], () => 0);
    expect(valuesOf(gapSeries(untrained, { metric: 'loss', pace: 'time' }, own))).toHaveLength(2);
  });

  it('have a gap of their own: training minus validation', () => {
    const [gap] = gapSeries(runs, { metric: 'accuracy', pace: 'step' }, own);
    expect(gap?.points.map(({ x }) => x)).toEqual([20, 40]);
    // One batch has as many images as a validation: the last step's figures are the training's.
    expect(gap?.points[0]?.y).toBeCloseTo(0.2 - 0.1);
    expect(gap?.points[1]?.y).toBeCloseTo(0.4 - 0.3);
  });

  it('give their heights from some place on', () => {
    const [series] = gapSeries(runs, { metric: 'accuracy', pace: 'step' }, own);
    expect(valuesOf(series ? [series] : [], 30)).toHaveLength(1);
    expect(furthest([])).toBe(0);
  });

  it('are few at first where the runs are many', () => {
    expect(usualSplit(2)).toBe('both');
    expect(usualSplit(7)).toBe('validation');
  });
});

describe('a legend', () => {
  it('names what differs, and a much varied augmentation as one', () => {
    expect(legendKeys(['learningRate', 'rotate', 'shift'])).toEqual([
      ...['learningRate', 'rotate', 'shift'],
    ]);
    expect(legendKeys(['learningRate', 'rotate', 'shift', 'scale', 'seed'])).toEqual([
      ...['learningRate', 'seed', 'augmentation'],
    ]);
  });
});

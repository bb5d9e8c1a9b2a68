import { describe, expect, it } from 'vitest';
import type { DatasetSummary } from '../data/dataset.ts';
import type { RunRecord } from '../runs/run.ts';
import { conditionsOn, requireConditions, requireTrainedOn } from './ablationConditions.ts';

const summary: DatasetSummary = {
  ...{ id: 'a', name: 'MNIST', classNames: ['0', '1'], trainClassCounts: [500, 500] },
  ...{ shape: { height: 28, width: 28, channels: 1 }, testCount: 100 },
  ...{ trainCount: 900, validationCount: 100 },
};
const kept = conditionsOn(summary, 'wasm', 600);
const run = (facts: Partial<RunRecord>) =>
  ({
    ...{ datasetId: 'a', datasetName: 'MNIST', scalingImages: 600, engine: 'wasm' },
    ...facts,
  }) as RunRecord;

describe('the conditions of an ablation', () => {
  it('are the same however the user divides the set meanwhile', () => {
    const moved = { ...summary, trainCount: 300, validationCount: 700 };
    expect(conditionsOn(moved, 'wasm', 600)).toEqual(kept);
    expect(() => requireConditions(kept, moved, 'wasm')).not.toThrow();
  });

  it('leave an image to validate with', () => {
    expect(conditionsOn(summary, 'wasm', 999).heldBack).toBe(1);
    expect(() => conditionsOn(summary, 'wasm', 1000)).toThrow(/1000.*at most 999/);
  });

  it('refuse another data set, whatever it is called, and another engine', () => {
    const other = { id: 'b', name: 'Fashion' };
    expect(() => requireConditions(kept, other, 'wasm')).toThrow(/data set MNIST.*Fashion/);
    expect(() => requireConditions(kept, { ...other, name: 'MNIST' }, 'wasm')).toThrow(/MNIST/);
    expect(() => requireConditions(kept, { ...summary, name: 'digits' }, 'wasm')).not.toThrow();
    expect(() => requireConditions(kept, summary, 'webgpu')).toThrow(/wasm.*webgpu/);
  });

  it('refuse a run that was trained on any of these', () => {
    expect(() => requireTrainedOn(kept, run({}))).not.toThrow();
    expect(() => requireTrainedOn(kept, run({ datasetId: 'b' }))).toThrow(/data set/);
    expect(() => requireTrainedOn(kept, run({ scalingImages: 900 }))).toThrow(/900 images.*600/);
    expect(() => requireTrainedOn(kept, run({ engine: 'cpu' }))).toThrow(/wasm.*cpu/);
  });
});

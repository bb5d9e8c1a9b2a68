import { describe, expect, it } from 'vitest';
import type { EngineName } from '../../domain/machine/engineReport.ts';
import type { RunRecord } from '../../domain/runs/run.ts';
import { backendOf } from '../../training/backendInUse.ts';
import { initialWeights } from '../../training/initialWeights.ts';
import {
  tinyImages,
  tinyNetwork,
  tinyRecipe,
  tinyScaling,
} from '../../training/testing/tinyRun.ts';
import { CurrentRun } from '../runs/currentRun.ts';
import { Workspace } from '../workspace.ts';

/** A run that has made no step. */
function aRun(): CurrentRun {
  const { architecture } = tinyNetwork(tinyImages(3), tinyRecipe);
  const record: RunRecord = {
    ...{ id: 'a', name: 'Run', status: 'finished', createdAt: 0, updatedAt: 0 },
    ...{ datasetName: 'squares', classNames: ['top', 'middle', 'bottom'], engine: 'wasm' },
    ...{ step: 0, trainingMs: 0, history: { training: [], validation: [] } },
    ...{ scaling: tinyScaling, recipe: tinyRecipe, architecture },
  };
  return CurrentRun.from(record, initialWeights(architecture, 'he', 1));
}

const engineOf = (lost: EngineName) => async (name: EngineName) => {
  if (name === lost) throw new TypeError('Failed to fetch dynamically imported module');
  return backendOf(name);
};

const start = (workspace: Workspace, engine: EngineName) =>
  workspace.begin({ engine, siteUrl: location.href, tuning: 'off', threads: 1 });

describe('an engine whose code does not arrive', () => {
  it('is not started: it would run and be able to do nothing', async () => {
    const workspace = new Workspace(() => undefined, undefined, engineOf('wasm'));
    await expect(start(workspace, 'wasm')).rejects.toMatchObject({
      code: 'engine.unavailable',
      params: { engine: 'wasm' },
    });
  });

  it('is not changed to: the run stays where it is, and goes on reading', async () => {
    const workspace = new Workspace(() => undefined, undefined, engineOf('cpu'));
    await start(workspace, 'wasm');
    const run = aRun();
    workspace.replaceRun(run);
    const change = workspace.changeEngine('cpu');
    await expect(change).rejects.toMatchObject({ code: 'engine.unavailable' });
    expect(workspace.engine.name).toBe('wasm');
    expect(workspace.run).toBe(run);
    expect(await run.network.infer(new Float32Array(16 * 16), 1)).toHaveLength(3);
  });
});

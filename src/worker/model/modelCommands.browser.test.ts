import { beforeAll, describe, expect, it } from 'vitest';
import type { RunRecord } from '../../domain/runs/run.ts';
import { startEngine } from '../../engine/engines.ts';
import type { Picture } from '../../protocol/protocol.ts';
import { initialWeights } from '../../training/initialWeights.ts';
import {
  tinyImages,
  tinyNetwork,
  tinyRecipe,
  tinyScaling,
} from '../../training/testing/tinyRun.ts';
import { CurrentRun } from '../runs/currentRun.ts';
import { Workspace } from '../workspace.ts';
import { ModelCommands } from './modelCommands.ts';

beforeAll(() => startEngine('cpu', () => undefined));

/** Three upright strokes: a row of three characters. */
const row: Picture = {
  ...{ name: 'a row', width: 90, height: 30, ink: 'light' },
  pixels: Uint8Array.from({ length: 90 * 30 }, (_, i) => {
    const [x, y] = [i % 90, Math.floor(i / 90)];
    return x % 30 >= 13 && x % 30 < 17 && y > 4 && y < 25 ? 255 : 0;
  }),
};

/** A run that has made no step, of weights of its own. */
function runOf(seed: number): CurrentRun {
  const { architecture } = tinyNetwork(tinyImages(3), tinyRecipe);
  const record: RunRecord = {
    ...{ id: `run ${seed}`, name: 'Run', status: 'finished', createdAt: 0, updatedAt: 0 },
    ...{ datasetName: 'squares', classNames: ['top', 'middle', 'bottom'], engine: 'cpu' },
    ...{ step: 0, trainingMs: 0, history: { training: [], validation: [] } },
    ...{ scaling: tinyScaling, recipe: { ...tinyRecipe, seed }, architecture },
  };
  return CurrentRun.from(record, initialWeights(architecture, 'he', seed));
}

/** Has this happen after so many characters were read. */
function afterCharacters(workspace: Workspace, count: number, happen: () => void): void {
  const ask = workspace.asking.bind(workspace);
  let read = 0;
  workspace.asking = async (task) => {
    const given = await ask(task);
    if (++read === count) happen();
    return given;
  };
}

describe('a picture of several characters', () => {
  it('is read by one model: none answers for another that took its place meanwhile', async () => {
    const workspace = new Workspace(() => undefined);
    const model = new ModelCommands(workspace);
    workspace.replaceRun(runOf(1));
    expect((await model.predict(row)).row).toHaveLength(3);

    afterCharacters(workspace, 2, () => workspace.replaceRun(runOf(2)));
    await expect(model.predict(row)).rejects.toMatchObject({ code: 'model.replaced' });
    expect((await model.predict(row)).row).toHaveLength(3);
  });
});

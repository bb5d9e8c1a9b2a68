import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { LocalPage } from './model/localPage.ts';
import { playIn, sequencesOf } from './model/sequence.ts';
import { timeSpentTold } from './model/timeSpent.ts';
import { timesDone, timesTold } from './model/timesDone.ts';
import { untilBundled } from './model/untilBundled.ts';

const USUAL_SEQUENCES = 290;

/** `npm run model` sets them: how many, which, and which of them again. */
const {
  VITE_MODEL_SEQUENCES: sequences = USUAL_SEQUENCES,
  VITE_MODEL_SEED: seed = 1,
  VITE_MODEL_PATH: path = '',
  VITE_MODEL_REPLAY: replayPath = '',
  VITE_MODEL_SHRINK: shrinks = '',
} = import.meta.env;

/** What must be done often enough to be tested, of all that is done. */
const mustOccur = [
  ...['Train', 'Resume', 'Train more', 'pause', 'stop', 'a change of the rate'],
  ...['fine-tuning', 'scoring the drawings', 'Evaluate', 'opening a run', 'opening the best'],
  ...['deleting a run', 'bringing back a run', 'Export weights', 'Import weights'],
  ...['Export all runs', 'another data set', 'choosing an engine', 'renaming a run'],
  ...['reload', 'the end of a worker', 'losing a GPU not in use', 'losses that went off'],
];
const OFTEN = 5;
const TOLD_EVERY = 50;

const MOST_BUNDLING_MS = 300_000;

describe('whatever is done in two tabs, in any order', () => {
  beforeAll(untilBundled, MOST_BUNDLING_MS);

  it('the workbench keeps its promises', async () => {
    console.log(`${sequences} sequences, seed ${seed}`);
    const play = playIn(LocalPage.open);
    let played = 0;
    const begun = performance.now();
    const property = fc.asyncProperty(sequencesOf({ replayPath }), async (commands) => {
      await play(commands);
      if (++played % TOLD_EVERY !== 0) return;
      console.log(`${played} played in ${Math.round((performance.now() - begun) / 1000)} s`);
    });
    const told = fc.assert(property, {
      ...{ numRuns: Number(sequences), seed: Number(seed), path },
      endOnFailure: !shrinks,
    });
    await told.finally(() => console.log(`${timesTold()}\n${timeSpentTold()}`));
    if (Number(sequences) < USUAL_SEQUENCES || path !== '') return;
    const rare = mustOccur.filter((call) => (timesDone.get(call) ?? 0) < OFTEN);
    expect(rare, `done fewer than ${OFTEN} times`).toEqual([]);
  }, 86_400_000);
});

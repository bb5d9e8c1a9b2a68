import fc from 'fast-check';
import { describe, it } from 'vitest';
import { LocalPage } from './model/localPage.ts';
import { playIn, sequencesOf } from './model/sequence.ts';

/** `npm run model` sets them: how many, which, and which of them again. */
const {
  VITE_MODEL_SEQUENCES: sequences = 290,
  VITE_MODEL_SEED: seed = 1,
  VITE_MODEL_PATH: path = '',
  VITE_MODEL_REPLAY: replayPath = '',
} = import.meta.env;

describe('whatever is done in two tabs, in any order', () => {
  it('the workbench keeps its promises', async () => {
    console.log(`${sequences} sequences, seed ${seed}`);
    await fc.assert(fc.asyncProperty(sequencesOf(replayPath), playIn(LocalPage.open)), {
      ...{ numRuns: Number(sequences), seed: Number(seed), path },
      // What is played again is one story; it is not to be made shorter once more.
      endOnFailure: path !== '',
    });
  }, 86_400_000);
});

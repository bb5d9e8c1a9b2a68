// Before the first worker is started.
import './windowPolicy.ts';
import fc from 'fast-check';
import { playIn, sequencesOf } from './sequence.ts';
import { timesDone } from './timesDone.ts';
import { untilAllHaveLeft, WindowPage } from './windowPage.ts';

declare global {
  interface Window {
    /** Plays so many stories in tabs of the site; gives what was done, or the story that failed. */
    playStories(count: number, seed: number): Promise<StoriesPlayed>;
  }
}

export interface StoriesPlayed {
  readonly failure: string | null;
  readonly timesDone: Readonly<Record<string, number>>;
}

window.playStories = async (count, seed) => {
  const play = playIn(WindowPage.open);
  const property = fc.asyncProperty(sequencesOf({ gpuCanBeLost: false }), async (commands) => {
    await untilAllHaveLeft();
    await play(commands);
  });
  const { failed, error, errorInstance } = (await fc.check(property, {
    ...{ numRuns: count, seed, endOnFailure: true },
  } as const)) as { failed: boolean; error?: string; errorInstance?: unknown };
  const failure = failed
    ? `${errorInstance instanceof Error ? errorInstance.message : error}`
    : null;
  return { failure, timesDone: Object.fromEntries(timesDone) };
};

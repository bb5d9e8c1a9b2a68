// Before the first worker is started.
import './windowPolicy.ts';
import fc from 'fast-check';
import { playIn, sequencesOf } from './sequence.ts';
import { timesDone, timesTold } from './timesDone.ts';
import { untilAllHaveLeft, WindowPage } from './windowPage.ts';

/** Whole pages take seconds to be opened: many short stories tell more than a few long ones. */
const MOST_COMMANDS = 16;

declare global {
  interface Window {
    /** Plays so many stories in tabs of the site; gives what was done, or the story that failed. */
    playStories(count: number, seed: number): Promise<StoriesPlayed>;
  }
}

export interface StoriesPlayed {
  readonly failure: string | null;
  /** How long each of them took. */
  readonly seconds: readonly number[];
  readonly timesDone: Readonly<Record<string, number>>;
  readonly told: string;
}

window.playStories = async (count, seed) => {
  const seconds: number[] = [];
  const play = playIn(WindowPage.open, { pagesScore: true });
  const stories = sequencesOf({ gpuCanBeLost: false, mostCommands: MOST_COMMANDS });
  const property = fc.asyncProperty(fc.noBias(stories), async (commands) => {
    await untilAllHaveLeft();
    const begun = performance.now();
    await play(commands);
    seconds.push(Math.round((performance.now() - begun) / 1000));
  });
  const { failed, error, errorInstance } = (await fc.check(property, {
    ...{ numRuns: count, seed, endOnFailure: true },
  } as const)) as { failed: boolean; error?: string; errorInstance?: unknown };
  const failure = failed
    ? `${errorInstance instanceof Error ? errorInstance.message : error}`
    : null;
  return { failure, seconds, timesDone: Object.fromEntries(timesDone), told: timesTold() };
};

import fc from 'fast-check';
import { type Belief, newBelief } from './belief.ts';
import { Bench, type OpenPage } from './bench.ts';
import { checkAtTheEnd } from './checks.ts';
import { inSomeTab } from './commands/command.ts';
import * as datasets from './commands/datasets.ts';
import * as engines from './commands/engines.ts';
import * as faults from './commands/faults.ts';
import * as figures from './commands/figures.ts';
import * as runs from './commands/runs.ts';
import * as training from './commands/training.ts';
import * as weights from './commands/weights.ts';
import { drawingOf, filesOf } from './sets.ts';
import { timed } from './timeSpent.ts';

/** Half of them on average, of which some have nothing to be done with. */
const MOST_COMMANDS = 32;

const times = <T>(count: number, ...acts: readonly T[]): T[] =>
  Array.from({ length: count }, () => acts).flat();

/** All that may happen, in any order; what leads to more, or is seldom offered, is more frequent. */
export const sequencesOf = ({
  replayPath = '',
  gpuCanBeLost = true,
  mostCommands = MOST_COMMANDS,
} = {}) =>
  fc.commands<Belief, Bench, false>(
    [
      ...times(2, training.trainShort, training.letItTrain, training.lossSpike),
      ...times(6, training.trainOn, training.pauseTraining, training.stopTraining),
      ...times(4, training.moreSteps, training.setRate),
      ...times(12, training.resume),
      ...[faults.killWorker, faults.reloadPage, faults.reloadPage],
      ...(gpuCanBeLost ? [faults.gpuIsLost] : []),
      ...[datasets.useSet, engines.changeEngine],
      ...[weights.exportWeights, ...times(4, weights.importWeights), weights.exportRuns],
      ...times(2, runs.openRun, runs.deleteRun, runs.renameRun),
      ...times(6, runs.openBest, runs.undoDeletion),
      ...times(3, figures.evaluateRun, figures.keepDrawing),
      ...times(4, figures.scoreDrawings, figures.fineTuneRun),
    ].map(inSomeTab),
    { maxCommands: mostCommands, size: 'max', ...(replayPath && { replayPath }) },
  );

/** Lets it all happen in pages that are opened for it; a failure tells the story that led to it. */
export function playIn(openPage: OpenPage, { pagesScore = false } = {}) {
  return async (commands: Iterable<fc.AsyncCommand<Belief, Bench>>): Promise<void> => {
    const bench = await Bench.open(openPage);
    try {
      const tab = await timed('opening the first tab', () => bench.tab(0));
      await tab.ask('importDataset', (page) => page.importDataset(filesOf('bars')));
      await tab.ask('keepDrawing', (page) => page.keepDrawing(drawingOf(0), '0'));
      const belief = newBelief(bench.seen, pagesScore);
      await fc.asyncModelRun(() => ({ model: belief, real: bench }), commands);
      await timed('checking at the end', () => checkAtTheEnd(belief, bench));
    } catch (error) {
      const failure = bench.told(error);
      // Known at once: to make it shorter takes minutes.
      console.error(failure.message);
      throw failure;
    } finally {
      bench.close();
    }
  };
}

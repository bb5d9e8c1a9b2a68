import fc from 'fast-check';
import { type Belief, newBelief } from './belief.ts';
import { Bench, type OpenPage } from './bench.ts';
import { inSomeTab } from './commands/command.ts';
import * as datasets from './commands/datasets.ts';
import * as engines from './commands/engines.ts';
import * as faults from './commands/faults.ts';
import * as figures from './commands/figures.ts';
import * as runs from './commands/runs.ts';
import * as training from './commands/training.ts';
import * as weights from './commands/weights.ts';
import { filesOf } from './sets.ts';

const MOST_COMMANDS = 12;

/** All that may happen, in any order; what leads to more is more frequent. */
export const sequencesOf = (replayPath = '') =>
  fc.commands<Belief, Bench, false>(
    [
      ...[training.trainShort, training.trainShort, training.trainShort],
      ...[training.trainOn, training.trainOn, training.trainOn],
      ...[training.moreSteps, training.moreSteps, training.resume, training.resume],
      ...[training.pauseTraining, training.pauseTraining, training.stopTraining],
      ...[training.letItTrain, training.setRate, training.lossSpike],
      ...[faults.killWorker, faults.reloadPage, faults.reloadPage, faults.gpuIsLost],
      ...[datasets.useSet, datasets.useSet, engines.changeEngine],
      ...[weights.exportWeights, weights.importWeights, weights.importWeights, weights.exportRuns],
      ...[runs.openRun, runs.openBest, runs.openBest, runs.deleteRun, runs.undoDeletion],
      ...[figures.evaluateRun, figures.evaluateRun],
      ...[figures.keepDrawing, figures.scoreDrawings, figures.fineTuneRun],
    ].map(inSomeTab),
    { maxCommands: MOST_COMMANDS, size: 'max', ...(replayPath && { replayPath }) },
  );

/** Lets it all happen in pages that are opened for it; a failure tells the story that led to it. */
export function playIn(openPage: OpenPage) {
  return async (commands: Iterable<fc.AsyncCommand<Belief, Bench>>): Promise<void> => {
    const bench = await Bench.open(openPage);
    try {
      const tab = await bench.tab(0);
      await tab.ask('importDataset', (page) => page.importDataset(filesOf('bars')));
      await fc.asyncModelRun(() => ({ model: newBelief(), real: bench }), commands);
    } catch (error) {
      throw bench.told(error);
    } finally {
      bench.close();
    }
  };
}

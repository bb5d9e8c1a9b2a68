import { type Phase, phases, type WorkerApi } from './protocol.ts';

/**
 * What may be done in which phase: the one table by which the worker refuses a command, and the page
 * offers it. A command that is always taken does nothing, or says what it lacks, where there is nothing
 * for it to do.
 */

export type CommandName = keyof WorkerApi;

/** The worker has its hands free. */
export type RestingPhase = 'idle' | 'paused';

const always: readonly Phase[] = phases;
const atRest: readonly Phase[] = ['idle', 'paused'] satisfies RestingPhase[];
/** A model stays where it is, and can be asked. */
const withModel: readonly Phase[] = [...atRest, 'training', 'evaluating'];

export const commandPhases = {
  start: ['starting'],
  selectEngine: atRest,
  selectThreads: atRest,
  clearKernelChoices: always,

  loadDataset: atRest,
  importDataset: atRest,
  rereadDataset: atRest,
  fetchDataset: atRest,
  cancelDataset: always,
  openDataset: atRest,
  deleteDataset: always,
  restoreDataset: always,
  nameClasses: atRest,
  divideDataset: atRest,
  datasetStatistics: always,
  datasetThumbnails: always,

  train: atRest,
  pause: always,
  resume: atRest,
  stop: always,
  changeLearningRate: ['training', 'paused'],
  previewAugmentation: always,

  evaluate: atRest,
  robustness: atRest,
  cancelEvaluation: always,
  testImages: always,
  predict: withModel,
  inspect: withModel,
  filters: withModel,
  explain: withModel,
  exciting: atRest,
  cancelInside: always,
  validationImages: withModel,

  keepDrawing: always,
  listDrawings: always,
  deleteDrawings: always,
  restoreDrawings: always,
  exportDrawings: always,
  importDrawings: always,
  scoreDrawings: atRest,
  scoreRuns: atRest,
  fineTune: atRest,

  exportPredictions: atRest,
  cancelPredictions: always,

  exportWeights: atRest,
  importWeights: atRest,

  listRuns: always,
  runRecord: always,
  runEvaluation: always,
  openRun: atRest,
  openBest: atRest,
  deleteRun: atRest,
  restoreRun: always,
  deleteAllRuns: atRest,
  restoreRuns: always,
  exportRuns: [...atRest, 'failed'],
  renameRun: always,
  exportUnreadable: always,
} as const satisfies Record<CommandName, readonly Phase[]>;

export const commandNames = Object.keys(commandPhases) as readonly CommandName[];

/** Whether a worker in this phase takes the command. */
export function isAllowed(command: CommandName, phase: Phase): boolean {
  const taken: readonly Phase[] = commandPhases[command];
  return taken.includes(phase);
}

/** What a failed session cannot do, and another worker does that takes its place with what was chosen. */
const startsAnew: readonly CommandName[] = ['selectEngine'];

/** Whether the page offers the command in this phase. */
export function isOffered(command: CommandName, phase: Phase): boolean {
  return isAllowed(command, phase) || (phase === 'failed' && startsAnew.includes(command));
}

/** Whether nothing is under way, and anything can be begun. */
export function isResting(phase: Phase): phase is RestingPhase {
  return atRest.includes(phase);
}

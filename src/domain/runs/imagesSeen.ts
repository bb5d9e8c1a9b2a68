import type { RunFacts } from './run.ts';

/**
 * How many images a run has learned from after `step` steps. Nobody knows where it began with weights that
 * something else had trained: those of a file, or of the run that it fine-tunes.
 */
export function imagesSeen(
  { recipe, architecture, status, tunedOn, step: recorded }: ImagesRun,
  step: number,
): number | undefined {
  const isOfAnotherProgram = architecture.id === 'imported';
  const isOfNoStep = status === 'imported' && recorded === 0;
  return isOfAnotherProgram || isOfNoStep || tunedOn ? undefined : step * recipe.batchSize;
}

type ImagesRun = Pick<RunFacts, 'recipe' | 'architecture' | 'status' | 'tunedOn' | 'step'>;

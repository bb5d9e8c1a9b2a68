import { MNIST_ID } from '../../domain/data/datasetIdentity.ts';
import { type Look, mnistLook } from '../../domain/data/look.ts';
import type { RunFacts } from '../../domain/runs/run.ts';

/** What a run's training images look like, as far as anybody knows. */
export function lookOfRun({ look, datasetId }: RunFacts): Look | undefined {
  return look ?? (datasetId === MNIST_ID ? mnistLook : undefined);
}

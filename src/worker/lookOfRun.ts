import { MNIST_ID } from '../domain/datasetIdentity.ts';
import { type Look, mnistLook } from '../domain/look.ts';
import type { RunFacts } from '../domain/run.ts';

/** What a run's training images look like, as far as anybody knows. */
export function lookOfRun({ look, datasetId }: RunFacts): Look | undefined {
  return look ?? (datasetId === MNIST_ID ? mnistLook : undefined);
}

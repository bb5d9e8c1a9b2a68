import { describe, expect, it } from 'vitest';
import { MNIST_ID } from '../domain/data/datasetIdentity.ts';
import { canBringDatasetOfRun, hasDatasetOfRun } from './datasetOfRun.ts';
import type { WorkbenchState } from './state.ts';

/** A state as far as it says of which set the run is, which is in use, and which are kept. */
function stateOf(ofRun: string | undefined, inUse: string | undefined, kept: readonly string[]) {
  return {
    run: { record: { datasetId: ofRun } },
    dataset: inUse === undefined ? { status: 'none' } : { status: 'ready', summary: { id: inUse } },
    datasets: kept.map((id) => ({ id })),
  } as unknown as WorkbenchState;
}

describe('the data set that a run was trained on', () => {
  it.each([
    ['is in use, though not kept', 'a', 'a', [], true],
    ['is kept', 'a', 'b', ['a'], true],
    ['is MNIST, which the site has', MNIST_ID, 'b', [], true],
    ['is deleted, and another in use', 'a', 'b', ['b'], false],
    ['is deleted, and none in use', 'a', undefined, [], false],
    ['is not known, as of an import', undefined, 'b', [], true],
  ] as const)('%s', (_, ofRun, inUse, kept, isThere) => {
    expect(hasDatasetOfRun(stateOf(ofRun, inUse, kept))).toBe(isThere);
  });

  it('can be brought where it is kept, not where it was in use alone', () => {
    expect(canBringDatasetOfRun(stateOf('a', 'a', []))).toBe(false);
    expect(canBringDatasetOfRun(stateOf('a', 'b', ['a']))).toBe(true);
  });
});

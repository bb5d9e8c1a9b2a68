import type { RunRecord } from '../../domain/runs/run.ts';
import { runNameOf } from '../../domain/runs/runName.ts';
import { newId } from '../../util/newId.ts';

/**
 * The record of a run that begins with another one's weights: with an id and a name of its own, and
 * without what was found out about the weights of the other.
 *
 * @param name of the other run, or what is to be left of it
 * @param addition says what came of it
 */
export function derivedRecord(
  { best: _, experiment: __, test: ___, drawnScore: ____, ...record }: RunRecord,
  name: string,
  addition: string,
): RunRecord {
  const now = Date.now();
  return {
    ...record,
    ...{ id: newId(), name: runNameOf(name, addition), createdAt: now, updatedAt: now },
  };
}

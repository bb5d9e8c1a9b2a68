import { useEffect, useMemo, useRef, useState } from 'react';
import { useWorkbench } from '../../../../app/useStore.ts';
import type { RunRecord, RunSummary } from '../../../../domain/runs/run.ts';

/**
 * The records of these runs, each fetched again when it has been saved anew; in their order, without
 * those that have not come yet. One that is slow or cannot be read keeps none of the others.
 */
export function useRecords(runs: readonly RunSummary[]): readonly RunRecord[] {
  const workbench = useWorkbench();
  const [records, setRecords] = useState<ReadonlyMap<string, RunRecord>>(new Map());
  // The list comes anew at every checkpoint: what is on its way already is not asked for again.
  const asked = useRef(new Map<string, number>());
  useEffect(() => {
    const ids = new Set(runs.map(({ id }) => id));
    for (const id of asked.current.keys()) {
      if (!ids.has(id)) asked.current.delete(id);
    }
    for (const { id, updatedAt } of runs) {
      if (asked.current.get(id) === updatedAt) continue;
      asked.current.set(id, updatedAt);
      const keep = (record: RunRecord) =>
        setRecords((before) =>
          (before.get(id)?.updatedAt ?? 0) > record.updatedAt
            ? before
            : new Map(before).set(id, record),
        );
      // A refusal already stands among the notices.
      workbench.runRecord(id).then(keep, () => undefined);
    }
  }, [workbench, runs]);
  return useMemo(
    () =>
      runs.flatMap((run) => {
        const record = records.get(run.id);
        return record ? [withNewest(record, run)] : [];
      }),
    [runs, records],
  );
}

/** A name and a test accuracy change without a new checkpoint. */
function withNewest(record: RunRecord, { name, test }: RunSummary): RunRecord {
  return { ...record, name, ...(test && { test }) };
}

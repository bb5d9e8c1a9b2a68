import { curvesOf, type PackedHistory, packHistory } from '../domain/metrics/history.ts';
import type { History } from '../domain/metrics/metrics.ts';
import type { CurveKey } from './schema.ts';
import type { KeptCurves } from './version.ts';

/**
 * The curves of a run on disk: blocks of the points that were new at a checkpoint, each written once, with
 * the commit that names how many there are. A checkpoint costs what was made since the one before.
 *
 * A block is found by its place and by the checkpoint that wrote it. Where a run went on from an older
 * checkpoint than the newest, several stand at one place: to a checkpoint belongs the newest that was there
 * when it was written, so that what it reaches stays what it was.
 */

/** As much of the store as one who writes needs, in whichever transaction. */
interface CurveStore {
  getKey(range: IDBKeyRange): Promise<CurveKey | undefined>;
  put(block: PackedHistory, key: CurveKey): Promise<CurveKey>;
}

export const nothingKept: KeptCurves = { blocks: 0, training: 0, validation: 0 };

/**
 * Writes what is not on disk yet; all of it where that which should be there is gone.
 * @param known what whoever writes knows to be there
 * @returns what is there with this checkpoint
 */
export async function putNewPoints(
  store: CurveStore,
  [runId, generation]: readonly [runId: string, generation: number],
  history: History,
  known: KeptCurves = nothingKept,
): Promise<KeptCurves> {
  const last = IDBKeyRange.bound([runId, known.blocks - 1], [runId, known.blocks]);
  const isThere = known.blocks === 0 || (await store.getKey(last)) !== undefined;
  const kept = isThere ? known : nothingKept;
  const { training, validation } = history;
  const all = { training: training.length, validation: validation.length };
  if (all.training === kept.training && all.validation === kept.validation) return kept;
  const block = packHistory({
    training: training.slice(kept.training),
    validation: validation.slice(kept.validation),
  });
  await store.put(block, [runId, kept.blocks, generation]);
  return { blocks: kept.blocks + 1, ...all };
}

/** The same points, whatever they lie in. */
export function isBeginningOf(beginning: History, whole: History): boolean {
  const [one, other] = [curvesOf(beginning), curvesOf(whole)];
  return (
    one.training.isBeginningOf(other.training) && one.validation.isBeginningOf(other.validation)
  );
}

import type { Keepable } from '../keeping/keeper.ts';

/**
 * A run as it is now, to be kept while it is trained further. Nothing of it changes any more but what it goes
 * on from, and whether it is in doubt: both are the run's own.
 */
export async function snapshotOf(run: Keepable): Promise<Keepable> {
  const { record } = run;
  const state = run.exportFinite();
  // What is wrong with it is told when it is to be kept.
  await state.catch(() => undefined);
  return {
    record,
    get version() {
      return run.version;
    },
    get doubt() {
      return run.doubt;
    },
    exportFinite: () => state,
    noteSaved: (version) => run.noteSaved(version),
  };
}

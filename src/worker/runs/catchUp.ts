import type { RunFacts } from '../../domain/runs/run.ts';
import type { Workspace } from '../workspace.ts';
import type { CurrentRun } from './currentRun.ts';

/**
 * Whether a run is what is stored of it, once what another tab has noted of its checkpoint is taken in
 * (a rate, more steps, a status); not where another tab has trained it further, or where the last steps made
 * here are doubtful. For the tab that holds the writer's lock.
 */
export async function catchUp({ keeper, emit }: Workspace, run: CurrentRun): Promise<boolean> {
  const news = await keeper.newsOf(run);
  if (!news) return true;
  if (!run.takeIn(news.record, news.version)) return false;
  emit(run.news());
  return true;
}

/** Shows what another tab has noted of the current run besides its checkpoints: its name, its figures. */
export async function takeInNotes(workspace: Workspace): Promise<void> {
  const run = workspace.runIfAny;
  const stored = run && (await workspace.keeper.recordIfAny(run.id));
  if (!stored || workspace.runIfAny !== run) return;
  const { record } = run;
  const before = notesOf(record, record);
  const notes = { ...before, ...notesOf(stored, record) };
  if (JSON.stringify(before) === JSON.stringify(notes)) return;
  run.note(notes);
  workspace.emit(run.news());
}

/**
 * Of steps that the run has: another tab may have trained it further. What was measured here meanwhile, of a
 * later step, is the newer figure.
 */
function notesOf({ name, test, drawnScore }: RunFacts, own: RunFacts) {
  const isNewer = (stored: { step: number } | undefined, mine: { step: number } | undefined) =>
    stored && stored.step <= own.step && stored.step >= (mine?.step ?? 0);
  return {
    name,
    ...(test && isNewer(test, own.test) && { test }),
    ...(drawnScore && isNewer(drawnScore, own.drawnScore) && { drawnScore }),
  };
}

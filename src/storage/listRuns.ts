import type { RunSummary } from '../domain/runs/run.ts';
import type { UnreadableRecord } from '../domain/runs/unreadable.ts';
import type { Phrase } from '../util/errors.ts';
import { inTransaction, keysOf } from './database.ts';
import { hiddenAt } from './hidden.ts';
import type { Listed } from './listed.ts';
import { fieldOf, nameIn, readRecord, recordIfReadable } from './records/readRecord.ts';
import { storedSummary, withNote } from './runSummary.ts';
import type { Commit, RunNote, WorkbenchDatabase } from './schema.ts';

/** The newest of these commits that can be read; they come oldest first. */
export function newestReadable(commits: readonly unknown[]): Commit | undefined {
  for (const stored of commits.toReversed()) {
    const commit = recordIfReadable('commits', stored);
    if (commit) return commit;
  }
  return undefined;
}

/** Of commits beside which no note of their run lies. */
export function noteOfNone(id: string): RunNote {
  return { id, name: id, openedAt: 0 };
}

/** Every run that is not hidden, the one used last first, and what is stored of runs and cannot be read. */
export async function listRuns(database: WorkbenchDatabase): Promise<Listed<RunSummary>> {
  const readable: RunSummary[] = [];
  const unreadable: UnreadableRecord[] = [];
  await inTransaction(database, ['runs', 'commits'], 'readonly', async (transaction) => {
    // Two requests, however many runs there are.
    const notes = await transaction.objectStore('runs').getAll();
    const commits = ofEachRun(await transaction.objectStore('commits').getAll());
    const take = (id: string, note?: unknown) => {
      const run = listedRun(id, note, commits.get(id) ?? []);
      if (run && 'problem' in run) unreadable.push(run);
      else if (run) readable.push(run);
    };
    for (const note of notes) if (hiddenAt(note) === undefined) take(note.id, note);
    const noted = new Set(notes.map(({ id }) => id));
    for (const id of commits.keys()) if (!noted.has(id)) take(id);
  });
  readable.sort((a, b) => (b.openedAt ?? 0) - (a.openedAt ?? 0));
  return { readable, unreadable };
}

/** They come oldest first, and stay so. */
function ofEachRun(commits: readonly Commit[]): ReadonlyMap<string, readonly Commit[]> {
  const ofRuns = new Map<string, Commit[]>();
  for (const commit of commits) {
    const others = ofRuns.get(commit.runId);
    if (others) others.push(commit);
    else ofRuns.set(commit.runId, [commit]);
  }
  return ofRuns;
}

/** The same of one run; nothing where it is hidden, or gone. */
export async function listRun(
  database: WorkbenchDatabase,
  id: string,
): Promise<RunSummary | UnreadableRecord | undefined> {
  return inTransaction(database, ['runs', 'commits'], 'readonly', async (transaction) => {
    const note: unknown = await transaction.objectStore('runs').get(id);
    if (hiddenAt(note) !== undefined) return undefined;
    return listedRun(id, note, await transaction.objectStore('commits').getAll(keysOf(id)));
  });
}

/**
 * What lists show of a run; nothing where no checkpoint of it is stored. One whose last checkpoint cannot
 * be read goes by the one before.
 * @param commits of the run, the oldest first
 */
export function listedRun(
  id: string,
  note: unknown,
  commits: readonly unknown[],
): RunSummary | UnreadableRecord | undefined {
  if (commits.length === 0) return undefined;
  const name = nameIn(note) ?? nameIn(fieldOf(commits.at(-1), 'record'));
  const unreadable = (problem: Phrase): UnreadableRecord => ({
    ...{ kind: 'run', id, problem },
    ...(name !== undefined && { name }),
  });
  if (note === undefined) return unreadable({ code: 'record.noNote' });
  const read = readRecord('runs', note);
  if ('problem' in read) return unreadable(read.problem);
  const newest = newestReadable(commits);
  if (!newest) {
    const last = readRecord('commits', commits.at(-1));
    return unreadable('problem' in last ? last.problem : { code: 'checkpoint.incomplete' });
  }
  const storedBytes = commits.reduce<number>((total, commit) => total + bytesIn(commit), 0);
  const record = withNote(newest.record, read.record);
  const summary = storedSummary(record, newest.lastValidation, storedBytes);
  const mistakes = read.record.evaluation?.mistakes.length ?? 0;
  return { ...summary, openedAt: read.record.openedAt, mistakes };
}

function bytesIn(commit: unknown): number {
  const bytes = fieldOf(commit, 'bytes');
  return typeof bytes === 'number' ? bytes : 0;
}

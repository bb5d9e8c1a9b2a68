import { fieldOf } from './records/readRecord.ts';

/**
 * Which checkpoint of a run somebody has, and what was noted in it by then: a later checkpoint has
 * another generation; the same one with its record changed (a learning rate that was set, more steps, a
 * status) another revision.
 */
export interface CheckpointVersion {
  /**
   * Which line of checkpoints it is of: a run that was removed and is kept anew from memory begins another,
   * whose generations count from the first again. Those of before there were any have none.
   */
  readonly lineage?: string;
  readonly generation: number;
  readonly revision: number;
  /** How far its curves are on disk; whoever does not know writes them whole. */
  readonly curves?: KeptCurves;
}

/** So many blocks, with so many of the points of a run in memory in them. */
export interface KeptCurves {
  readonly blocks: number;
  readonly training: number;
  readonly validation: number;
}

/** Of a run that nobody has stored. */
export const notStored: CheckpointVersion = { generation: 0, revision: 0 };

/**
 * Of a commit as it is stored, whether it can be read or not: its generation is in its key. Commits of old,
 * and those whose record nobody has changed, have no revision.
 */
export function versionOf(commit: unknown): CheckpointVersion {
  if (commit === undefined) return notStored;
  const [generation, revision] = [fieldOf(commit, 'generation'), fieldOf(commit, 'revision')];
  const lineage = fieldOf(commit, 'lineage');
  return {
    ...(typeof lineage === 'string' && { lineage }),
    ...{ generation: Number(generation), revision: typeof revision === 'number' ? revision : 0 },
  };
}

/** Whether they are of one checkpoint, whatever was noted in it. */
export function isSameCheckpoint(one: CheckpointVersion, other: CheckpointVersion): boolean {
  return one.lineage === other.lineage && one.generation === other.generation;
}

export function isSameVersion(one: CheckpointVersion, other: CheckpointVersion): boolean {
  return isSameCheckpoint(one, other) && one.revision === other.revision;
}

/** Whether somebody has written a checkpoint of the run since it had the known version. */
export function isLater(stored: CheckpointVersion, known: CheckpointVersion): boolean {
  return stored.lineage !== known.lineage || stored.generation > known.generation;
}

/** Whether somebody has written or changed the run since it had the known version. */
export function isNewer(stored: CheckpointVersion, known: CheckpointVersion): boolean {
  if (isSameCheckpoint(stored, known)) return stored.revision > known.revision;
  return isLater(stored, known);
}

/** Whether whoever knows this version may write over the newest stored one, or where nothing is stored. */
export function mayReplace(known: CheckpointVersion, newest: CheckpointVersion): boolean {
  return newest.generation === 0 || isSameVersion(newest, known);
}

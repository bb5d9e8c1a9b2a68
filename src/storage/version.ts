import { fieldOf } from './records/readRecord.ts';

/**
 * Which checkpoint of a run somebody has, and what was noted in it by then: a later checkpoint has
 * another generation; the same one with its record changed (a learning rate that was set, more steps, a
 * status) another revision.
 */
export interface CheckpointVersion {
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
  return { generation: Number(generation), revision: typeof revision === 'number' ? revision : 0 };
}

export function isSameVersion(one: CheckpointVersion, other: CheckpointVersion): boolean {
  return one.generation === other.generation && one.revision === other.revision;
}

/** Whether somebody has written or changed the run since it had the known version. */
export function isNewer(stored: CheckpointVersion, known: CheckpointVersion): boolean {
  const { generation, revision } = stored;
  if (generation !== known.generation) return generation > known.generation;
  return revision > known.revision;
}

import type { Phrase } from '../../util/errors.ts';

/** What a visitor keeps, and may find unreadable: a run, a data set, a drawing. */
export const keptKinds = ['run', 'dataset', 'drawing'] as const;
export type KeptKind = (typeof keptKinds)[number];

/**
 * Something that is stored and cannot be read: another version of the app wrote it, or half of it. It
 * stays as it is until its owner takes it away as a file or deletes it.
 */
export interface UnreadableRecord {
  readonly kind: KeptKind;
  readonly id: string;
  /** As far as one can be made out. */
  readonly name?: string;
  /** What is wrong with it, and where. */
  readonly problem: Phrase;
}

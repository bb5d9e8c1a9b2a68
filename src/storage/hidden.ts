import { fieldOf } from './records/readRecord.ts';

/**
 * Whether a record is hidden, so that its deletion can be undone: told, and changed, without reading the
 * rest of it. What cannot be read can be deleted all the same, and nothing else of it changes.
 */

/** When it was hidden (milliseconds since 1970); undefined where it shows. */
export function hiddenAt(stored: unknown): number | undefined {
  const deletedAt = fieldOf(stored, 'deletedAt');
  return typeof deletedAt === 'number' ? deletedAt : undefined;
}

export function wasHidden(stored: unknown, before: number): boolean {
  const deletedAt = hiddenAt(stored);
  return deletedAt !== undefined && deletedAt <= before;
}

/** The record hidden since this time, or shown again without one. */
export function hidden<T extends object>(stored: T, deletedAt: number | undefined): T {
  const { deletedAt: _, ...shown } = stored as T & { deletedAt?: unknown };
  return { ...shown, ...(deletedAt !== undefined && { deletedAt }) } as T;
}

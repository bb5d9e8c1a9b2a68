import * as v from 'valibot';
import type { KeptDataset } from '../../domain/data/keptDataset.ts';
import { expectedBy } from '../../domain/data/schemaIssue.ts';
import type { TuningRecord } from '../../domain/machine/tuning.ts';
import type { PackedHistory } from '../../domain/metrics/history.ts';
import type { KeptKind } from '../../domain/runs/unreadable.ts';
import { type Phrase, WorkbenchError } from '../../util/errors.ts';
import type { Commit, RunNote, StoredDrawing } from '../schema.ts';
import type { Schema } from './fields.ts';
import { DatasetSchema, DrawingSchema, TuningSchema } from './otherSchemas.ts';
import { CommitSchema, CurvesSchema, RunNoteSchema } from './runSchemas.ts';

/**
 * The one door through which records come out of the stores: each is held against the schema of its
 * store, by itself, so that one that another version wrote, or half of one, spoils no other.
 */

/** What the stores hold, but for chunks and parts, which are known by their hashes. */
interface Records {
  readonly runs: RunNote;
  readonly commits: Commit;
  readonly curves: PackedHistory;
  readonly datasets: KeptDataset;
  readonly drawings: StoredDrawing;
  readonly tuning: TuningRecord;
}
export type RecordStore = keyof Records;
export type StoredRecord<Store extends RecordStore> = Records[Store];

interface RecordKind<T> {
  /** A record that needs a later version to be read says so in its field `recordVersion`. */
  readonly version: number;
  readonly schema: Schema<T>;
}

export const recordKinds: { readonly [Store in RecordStore]: RecordKind<Records[Store]> } = {
  runs: { version: 1, schema: RunNoteSchema },
  commits: { version: 1, schema: CommitSchema },
  curves: { version: 1, schema: CurvesSchema },
  datasets: { version: 1, schema: DatasetSchema },
  drawings: { version: 1, schema: DrawingSchema },
  tuning: { version: 1, schema: TuningSchema },
};

export type Read<T> = { readonly record: T } | { readonly problem: Phrase };

export function readRecord<Store extends RecordStore>(
  store: Store,
  stored: unknown,
): Read<Records[Store]> {
  const { version, schema } = recordKinds[store];
  const written = versionIn(stored);
  if (written !== undefined && !(Number(written) <= version)) {
    return { problem: { code: 'record.newer', params: { version: shown(String(written)) } } };
  }
  const result = v.safeParse(schema, stored, { abortEarly: true });
  return result.success
    ? { record: result.output }
    : { problem: problemOf(result.issues[0], store) };
}

/** The record; nothing where none is stored, or it cannot be read. */
export function recordIfReadable<Store extends RecordStore>(
  store: Store,
  stored: unknown,
): Records[Store] | undefined {
  const read = readRecord(store, stored);
  return 'record' in read ? read.record : undefined;
}

/** The record; nothing where none is stored. Throws `storage.unreadable`. */
export function recordOrRefusal<Store extends RecordStore>(
  store: Store,
  stored: unknown,
  kind: KeptKind,
): Records[Store] | undefined {
  if (stored === undefined) return undefined;
  const read = readRecord(store, stored);
  if ('record' in read) return read.record;
  throw unreadable(kind, read.problem, nameIn(stored));
}

const kindPhrases = {
  run: 'kind.run',
  dataset: 'kind.dataset',
  drawing: 'kind.drawing',
} as const;

export function unreadable(kind: KeptKind, problem: Phrase, name = ''): WorkbenchError {
  return new WorkbenchError('storage.unreadable', {
    kind: { code: kindPhrases[kind] },
    ...{ name, problem },
  });
}

/** A name that can be made out of whatever is stored. */
export function nameIn(stored: unknown): string | undefined {
  const name = fieldOf(stored, 'name');
  return typeof name === 'string' && name !== '' ? shown(name) : undefined;
}

export function fieldOf(stored: unknown, name: string): unknown {
  return typeof stored === 'object' && stored !== null && Object.hasOwn(stored, name)
    ? (stored as Readonly<Record<string, unknown>>)[name]
    : undefined;
}

const versionIn = (stored: unknown) => fieldOf(stored, 'recordVersion');

function problemOf(issue: v.BaseIssue<unknown>, store: RecordStore): Phrase {
  const place = shown(v.getDotPath(issue) ?? store);
  if (issue.received === 'undefined') return { code: 'value.missing', params: { place } };
  if (issue.expected === 'never') return { code: 'value.unknown', params: { place } };
  const params = { place, received: shown(issue.received), expected: shown(expectedBy(issue)) };
  return { code: 'value.other', params };
}

const LONGEST = 80;

const shown = (text: string) => (text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);

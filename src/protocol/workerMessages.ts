import type { WorkerEvent } from './workerEvents.ts';

/**
 * How the page reads what the worker posts. Events come ten times a second and carry long arrays, so
 * only their envelope is looked at: that the type is known, and that each field is there and of its
 * kind. What is inside comes from the same build.
 */

export type HeardMessage =
  /** Comlink's answer to a call, which comlink reads. */
  | { readonly kind: 'answer' }
  | { readonly kind: 'word'; readonly busyMs: number; readonly event?: WorkerEvent }
  | { readonly kind: 'unknown'; readonly problem: string };

export function readWorkerMessage(data: unknown): HeardMessage {
  if (!isObject(data)) return { kind: 'unknown', problem: kindOf(data) };
  if (typeof data.id === 'string') return { kind: 'answer' };
  const { heartbeat, workbenchEvent: event } = data;
  const busyMs = isObject(heartbeat) ? heartbeat.busyMs : undefined;
  if (typeof busyMs !== 'number' || !(busyMs >= 0))
    return { kind: 'unknown', problem: 'heartbeat' };
  if (event === undefined) return { kind: 'word', busyMs };
  const problem = problemOf(event);
  return problem === undefined
    ? { kind: 'word', busyMs, event: event as WorkerEvent }
    : { kind: 'unknown', problem };
}

type Kind = 'string' | 'number' | 'array' | 'object';
type KindFor<T> = T extends string
  ? 'string'
  : T extends number
    ? 'number'
    : T extends readonly unknown[]
      ? 'array'
      : 'object';

/** The kinds of the fields that an event always has, but for its type. */
type FieldsOf<Event> = {
  readonly [Name in keyof Event as Name extends 'type'
    ? never
    : object extends Pick<Event, Name>
      ? never
      : Name]: KindFor<Event[Name]>;
};

const eventFields: { readonly [Event in WorkerEvent as Event['type']]: FieldsOf<Event> } = {
  phase: { phase: 'string' },
  engine: { report: 'object' },
  datasetProgress: { loadedBytes: 'number', totalBytes: 'number' },
  dataset: { summary: 'object' },
  datasets: { datasets: 'array' },
  run: { record: 'object' },
  preparation: {},
  step: { points: 'array', imagesPerSecond: 'number', secondsLeft: 'number' },
  validation: { point: 'object' },
  checkpoint: { runId: 'string', step: 'number', bytes: 'number', savedAt: 'number' },
  evaluationProgress: { done: 'number', total: 'number' },
  evaluation: { evaluation: 'object' },
  robustness: {},
  drawings: { drawings: 'array' },
  changedDrawings: { shown: 'array', gone: 'array' },
  scoring: {},
  runs: { runs: 'array' },
  listedRun: { id: 'string' },
  opening: {},
  unreadable: { kind: 'string', records: 'array' },
  storage: { report: 'object' },
  runsExport: {},
  predictions: {},
  inside: { task: 'string' },
  error: { message: 'string' },
};

const LONGEST_PROBLEM = 60;

/** What keeps this from being an event, as `step.points`; undefined where nothing does. */
function problemOf(event: unknown): string | undefined {
  if (!isObject(event)) return kindOf(event);
  const { type } = event;
  if (typeof type !== 'string') return `type: ${kindOf(type)}`;
  if (!Object.hasOwn(eventFields, type)) return type.slice(0, LONGEST_PROBLEM);
  const fields: Readonly<Record<string, Kind>> = eventFields[type as WorkerEvent['type']];
  const wrong = Object.entries(fields).find(([name, kind]) => kindOf(event[name]) !== kind);
  return wrong && `${type}.${wrong[0]}`;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return kindOf(value) === 'object';
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

import * as v from 'valibot';
import { WorkbenchError } from '../util/errors.ts';
import { quoted } from './quoted.ts';

/** One tensor as the header declares it; `start` and `end` count from the end of the header. */
export interface HeaderEntry {
  readonly name: string;
  readonly shape: readonly number[];
  readonly start: number;
  readonly end: number;
}

export interface Header {
  readonly metadata: Readonly<Record<string, string>>;
  readonly entries: readonly HeaderEntry[];
}

const METADATA = '__metadata__';
const MAX_TENSORS = 1000;
const MAX_RANK = 8;

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const EntrySchema = v.strictObject({
  dtype: v.string(),
  shape: v.pipe(v.array(count), v.maxLength(MAX_RANK)),
  data_offsets: v.strictTuple([count, count]),
});

/**
 * Takes a parsed header apart. Names come from outside and are never used as keys of an object,
 * so that `__proto__` is a name like any other.
 */
export function readHeaderEntries(file: string, header: unknown): Header {
  const refuse = (problem: string) => new WorkbenchError('weights.header', { file, problem });
  if (typeof header !== 'object' || header === null || Array.isArray(header)) {
    throw refuse('it is not a JSON object');
  }
  const declared = Object.entries(header);
  if (declared.length > MAX_TENSORS) throw refuse(`it has ${declared.length} entries`);
  const tensors = declared.filter(([name]) => name !== METADATA);
  return {
    metadata: readMetadata(file, declared.find(([name]) => name === METADATA)?.[1] ?? {}),
    entries: tensors.map(([name, entry]) => readEntry(file, name, entry)),
  };
}

function readEntry(file: string, name: string, entry: unknown): HeaderEntry {
  const tensor = quoted(name);
  const parsed = v.safeParse(EntrySchema, entry);
  if (!parsed.success) {
    const [issue] = parsed.issues;
    const problem = `${tensor}: ${quoted(issue.message)}`;
    throw new WorkbenchError('weights.header', { file, problem });
  }
  const { dtype, shape, data_offsets } = parsed.output;
  if (dtype !== 'F32') {
    throw new WorkbenchError('weights.dtype', { file, tensor, actual: quoted(dtype) });
  }
  const [start, end] = data_offsets;
  if (start > end) {
    const problem = `${tensor} ends at byte ${end}, before it begins at ${start}`;
    throw new WorkbenchError('weights.header', { file, problem });
  }
  return { name, shape, start, end };
}

function readMetadata(file: string, metadata: unknown): Record<string, string> {
  const problem = `${METADATA} does not map strings to strings`;
  if (typeof metadata !== 'object' || metadata === null || Array.isArray(metadata)) {
    throw new WorkbenchError('weights.header', { file, problem });
  }
  const pairs = Object.entries(metadata).map(([key, value]: [string, unknown]) => {
    if (typeof value !== 'string') throw new WorkbenchError('weights.header', { file, problem });
    return [key, value] as const;
  });
  return Object.fromEntries(pairs);
}

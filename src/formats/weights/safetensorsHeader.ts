import * as v from 'valibot';
import { WorkbenchError } from '../../util/errors.ts';
import { type Refuse, refusalOf, valueRefusal } from '../refusal.ts';
import { quoted } from '../text/quoted.ts';

/** One tensor as the header declares it; `start` and `end` count from the end of the header. */
export interface HeaderEntry {
  readonly name: string;
  readonly shape: readonly number[];
  readonly start: number;
  readonly end: number;
  readonly type: FloatType | typeof COUNTER_TYPE;
}

/** Types of numbers that become 32-bit floats; others are no weights. */
export type FloatType = keyof typeof floatBytes;
export const floatBytes = { F16: 2, BF16: 2, F32: 4, F64: 8 } as const;

export interface Header {
  readonly metadata: Readonly<Record<string, string>>;
  readonly entries: readonly HeaderEntry[];
}

const METADATA = '__metadata__';
export const MAX_TENSORS = 1000;
const MAX_RANK = 8;
/** How many batches a normalisation has seen, which PyTorch keeps as a whole number: no weight. */
const COUNTER = /\.num_batches_tracked$/;
const COUNTER_TYPE = 'I64';
export const numberBytes = { ...floatBytes, [COUNTER_TYPE]: 8 } as const;

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
  const refuse = refusalOf('weights.header', file);
  if (typeof header !== 'object' || header === null || Array.isArray(header)) {
    throw refuse('value.noObject', { place: { code: 'place.file' } });
  }
  const declared = Object.entries(header);
  if (declared.length > MAX_TENSORS) {
    throw refuse('header.entries', { count: declared.length, most: MAX_TENSORS });
  }
  const tensors = declared.filter(([name]) => name !== METADATA);
  return {
    metadata: readMetadata(refuse, declared.find(([name]) => name === METADATA)?.[1] ?? {}),
    entries: tensors.map(([name, entry]) => readEntry(file, refuse, name, entry)),
  };
}

function readEntry(file: string, refuse: Refuse, name: string, entry: unknown): HeaderEntry {
  const tensor = quoted(name);
  const parsed = v.safeParse(EntrySchema, entry);
  if (!parsed.success) throw valueRefusal(refuse, parsed.issues[0], tensor);
  const { dtype, shape, data_offsets } = parsed.output;
  const isCounter = dtype === COUNTER_TYPE && COUNTER.test(name);
  if (!isFloatType(dtype) && !isCounter) {
    throw new WorkbenchError('weights.dtype', { file, tensor, actual: quoted(dtype) });
  }
  const [start, end] = data_offsets;
  if (start > end) throw refuse('tensor.order', { tensor, start, end });
  return { name, shape, start, end, type: dtype };
}

export function isFloatType(dtype: string): dtype is FloatType {
  return Object.hasOwn(floatBytes, dtype);
}

function readMetadata(refuse: Refuse, metadata: unknown): Record<string, string> {
  const refusal = () => refuse('header.strings', { place: METADATA });
  if (typeof metadata !== 'object' || metadata === null || Array.isArray(metadata)) {
    throw refusal();
  }
  const pairs = Object.entries(metadata).map(([key, value]: [string, unknown]) => {
    if (typeof value !== 'string') throw refusal();
    return [key, value] as const;
  });
  return Object.fromEntries(pairs);
}

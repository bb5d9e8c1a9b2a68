import * as v from 'valibot';

/**
 * Every way in which one field of a record may be wrong, found by walking its schema beside a value that
 * has all of its fields: it is gone, null, of another type, or one is there that nobody knows.
 */
export interface Spoiled {
  /** The place and what was done there, as `record.recipe.steps: null`. */
  readonly what: string;
  readonly value: unknown;
}

interface Walked {
  readonly type: string;
  readonly entries?: Readonly<Record<string, v.GenericSchema>>;
  readonly item?: v.GenericSchema;
  readonly value?: v.GenericSchema;
  readonly wrapped?: v.GenericSchema;
  readonly options?: readonly v.GenericSchema[];
}

export function* spoiled(schema: v.GenericSchema, value: unknown, place = ''): Generator<Spoiled> {
  const walked = schema as v.GenericSchema & Walked;
  const { wrapped, options, entries } = walked;
  if (wrapped) return yield* spoiled(wrapped, value, place);
  if (options && typeof options[0] === 'object') {
    const option = options.find((one) => v.is(one, value));
    if (option) yield* spoiled(option, value, place);
    return;
  }
  if (Array.isArray(value)) {
    const { item } = v.getMetadata(schema) as { item?: v.GenericSchema };
    yield* spoiledField(item ?? walked.item, value, 0, place);
    return;
  }
  if (entries && isObject(value)) {
    for (const key of Object.keys(entries)) {
      if (!(key in value)) throw new Error(`The walked record has no ${place}.${key}.`);
      const { [key]: _, ...others } = value;
      yield { what: `${place}.${key}: gone`, value: others };
      yield* spoiledField(entries[key], value, key, place);
    }
    yield {
      what: `${place}.someday: there`,
      value: { ...value, someday: { of: 'a later version' } },
    };
  }
  if (walked.type === 'record' && isObject(value)) {
    for (const key of Object.keys(value)) yield* spoiledField(walked.value, value, key, place);
  }
}

/** One field of an object, or one item of a list, replaced, and then what is within it spoiled. */
function* spoiledField(
  schema: v.GenericSchema | undefined,
  whole: Readonly<Record<string, unknown>> | readonly unknown[],
  key: string | number,
  place: string,
): Generator<Spoiled> {
  const at = `${place}.${key}`;
  const put = (value: unknown) =>
    Array.isArray(whole) ? whole.with(Number(key), value) : { ...whole, [key]: value };
  const before = (whole as Readonly<Record<string | number, unknown>>)[key];
  yield { what: `${at}: null`, value: put(null) };
  yield { what: `${at}: another type`, value: put(anotherType(before)) };
  if (typeof before === 'number') yield { what: `${at}: NaN`, value: put(Number.NaN) };
  if (!schema) return;
  for (const { what, value } of spoiled(schema, before, at)) yield { what, value: put(value) };
}

function anotherType(value: unknown): unknown {
  if (typeof value === 'number') return 'seven';
  if (typeof value === 'string') return { seven: 7 };
  return typeof value === 'boolean' ? [] : 7;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

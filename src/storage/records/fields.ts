import * as v from 'valibot';
import type { Columns } from '../../domain/metrics/curve.ts';

/** What records are made of. Kinds are looked at and not ranges: what was allowed once stays readable. */

export type Schema<T> = v.GenericSchema<unknown, T>;

/** A schema for each field of a type; those that may be missing may be undefined too. */
type Fields<T> = {
  readonly [Key in keyof T]-?: object extends Pick<T, Key>
    ? Schema<T[Key] | undefined>
    : Schema<T[Key]>;
};

/** An object with these fields; what else is in it stays, for the version that wrote it. */
export function record<T>(fields: Fields<T>): Schema<T> {
  return v.looseObject(fields as v.ObjectEntries) as unknown as Schema<T>;
}

/** An object with these fields and no other, where a field that nobody knows would change what it is. */
export function exactly<T>(fields: Fields<T>): Schema<T> {
  return v.strictObject(fields as v.ObjectEntries) as unknown as Schema<T>;
}

/** One of the names of a type, all of which are there: a new one cannot be forgotten. */
export function oneOf<Name extends string>(names: Readonly<Record<Name, unknown>>): Schema<Name> {
  return v.picklist(Object.keys(names) as Name[]);
}

export const text = v.string();
export const flag = v.boolean();
export const finite = v.pipe(v.number(), v.finite());
/** A loss that went off is no finite number, and its run is kept all the same. */
export const measured = v.union([v.number(), v.nan()]);
export const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
export const positive = v.pipe(v.number(), v.safeInteger(), v.minValue(1));

export const maybe = <T>(schema: Schema<T>): Schema<T | undefined> => v.optional(schema);
export const listOf = <T>(item: Schema<T>): Schema<readonly T[]> => v.array(item);
export const bytes: Schema<Uint8Array> = v.instance(Uint8Array);

/**
 * A list of objects of numbers. Curves have a point a step: they are looked through in one go, where a
 * schema for each point would take seconds.
 */
export function points<T>(...keys: readonly (keyof T & string)[]): Schema<readonly T[]> {
  const item = v.looseObject(Object.fromEntries(keys.map((key) => [key, measured])));
  const isPoint = (point: unknown) => {
    if (typeof point !== 'object' || point === null) return false;
    const fields = point as Readonly<Record<string, unknown>>;
    return keys.every((key) => typeof fields[key] === 'number');
  };
  return v.pipe(
    v.custom<readonly T[]>((value) => Array.isArray(value) && value.every(isPoint), 'points'),
    v.metadata({ item }),
  );
}

/** A typed array of each field of a point, all of one length. */
export function columns<Point>(...keys: readonly (keyof Point & string)[]): Schema<Columns<Point>> {
  const column = v.instance(Float64Array);
  const [first] = keys;
  return agreeing(
    v.strictObject(Object.fromEntries(keys.map((key) => [key, column]))) as unknown as Schema<
      Columns<Point>
    >,
    first as never,
    'as many numbers in each',
    (all) => new Set(keys.map((key) => all[key].length)).size === 1,
  );
}

/**
 * A record whose fields agree with each other.
 * @param place the field that is named where they do not
 * @param wanted what should stand there
 */
export function agreeing<T extends object>(
  schema: Schema<T>,
  place: keyof T & string,
  wanted: string,
  agrees: (record: T) => boolean,
): Schema<T> {
  return v.pipe(
    schema,
    v.rawCheck(({ dataset, addIssue }) => {
      if (!dataset.typed || agrees(dataset.value)) return;
      const { value: input } = dataset;
      const value = input[place];
      const expected = wanted;
      addIssue({
        ...{ expected, received: typeof value },
        path: [{ type: 'unknown', origin: 'value', input, key: place, value }],
      });
    }),
  );
}

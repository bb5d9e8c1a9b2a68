import * as v from 'valibot';
import { WorkbenchError } from '../../util/errors.ts';

/** In UTF-16 units: more than any language needs for the name of a thing. */
export const LONGEST_CLASS_NAME = 100;

/** Of a name that is too long: enough to find it by. */
const SHOWN_OF_LONG = 40;

/**
 * What is in a name and cannot be seen there: control characters, ends of lines and paragraphs, and the
 * marks that turn the direction of all that follows them on the page.
 */
const UNSEEN = /[\p{Cc}\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]+/gu;

/** A name as it may be shown and kept, wherever it comes from. */
export function cleanClassName(text: string): string {
  return text.replace(UNSEEN, ' ').trim();
}

/** The number of each class by its name, of several alike the first. */
export function placesOf(names: readonly string[]): ReadonlyMap<string, number> {
  const places = new Map<string, number>();
  for (const [label, name] of names.entries()) if (!places.has(name)) places.set(name, label);
  return places;
}

/** A name that a message or a file gives to one class. */
export const ClassNameSchema = v.pipe(
  v.string(),
  v.transform(cleanClassName),
  v.nonEmpty(),
  v.maxLength(LONGEST_CLASS_NAME),
);

/**
 * One name for each class, no two the same; a class without one is called by its number. The names of every
 * set that is taken in come through here, whether they were folders, lines of a file or typed.
 */
export function checkedClassNames(names: readonly string[], classes: number): string[] {
  if (names.length > classes) {
    throw new WorkbenchError('dataset.nameCount', { given: names.length, classes });
  }
  const classNames = Array.from(
    { length: classes },
    (_, label) => cleanClassName(names[label] ?? '') || String(label),
  );
  const seen = new Set<string>();
  for (const name of classNames) {
    if (name.length > LONGEST_CLASS_NAME) {
      const begin = `${name.slice(0, SHOWN_OF_LONG)} …`;
      const [length, most] = [name.length, LONGEST_CLASS_NAME];
      throw new WorkbenchError('dataset.nameLong', { name: begin, length, most });
    }
    if (seen.has(name)) throw new WorkbenchError('dataset.nameTwice', { name });
    seen.add(name);
  }
  return classNames;
}

/**
 * Names that were kept before they had a rule, made to keep it: none is refused, those that keep it stay, and
 * no two become alike.
 */
export function mendedClassNames(names: readonly string[]): readonly string[] {
  const taken = new Set<string>();
  return names.map((text, label) => {
    let name = cleanClassName(cleanClassName(text).slice(0, LONGEST_CLASS_NAME)) || String(label);
    for (let i = label; taken.has(name); i++) {
      const end = ` (${i})`;
      name = `${name.slice(0, LONGEST_CLASS_NAME - end.length)}${end}`;
    }
    taken.add(name);
    return name;
  });
}

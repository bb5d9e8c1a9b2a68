import { WorkbenchError } from '../util/errors.ts';

/** One name for each class, no two the same; a class without one is called by its number. */
export function checkedClassNames(names: readonly string[], classes: number): string[] {
  if (names.length > classes) {
    throw new WorkbenchError('dataset.nameCount', { given: names.length, classes });
  }
  const classNames = Array.from(
    { length: classes },
    (_, label) => names[label]?.trim() || String(label),
  );
  const twice = classNames.find((name, label) => classNames.indexOf(name) !== label);
  if (twice !== undefined) throw new WorkbenchError('dataset.nameTwice', { name: twice });
  return classNames;
}

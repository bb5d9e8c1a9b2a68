import { at } from '../util/assert.ts';
import { WorkbenchError } from '../util/errors.ts';

/** What images are for. */
export type Role = 'train' | 'test';

interface Named {
  readonly name: string;
}

/**
 * Which of two is for training: their names say it, else their sizes; the larger one is. Refuses
 * names that say the same of both.
 */
export function byRole<T extends Named>(
  two: readonly T[],
  sizeOf: (item: T) => number,
): Record<Role, T> {
  const [a, b] = [at(two, 0), at(two, 1)];
  const [roleOfA, roleOfB] = [roleByName(a.name), roleByName(b.name)];
  const role = roleOfA ?? (roleOfB && other(roleOfB)) ?? roleBySize(sizeOf(a), sizeOf(b));
  if (role === undefined || (roleOfA && roleOfA === roleOfB)) {
    throw new WorkbenchError('dataset.ambiguous', { files: `${a.name}, ${b.name}` });
  }
  return role === 'train' ? { train: a, test: b } : { train: b, test: a };
}

const other = (role: Role): Role => (role === 'train' ? 'test' : 'train');

/** What the name of a file says, without its folders. */
export function roleByName(name: string): Role | undefined {
  const file = name.replace(/^.*[/\\]/, '');
  const train = /train/i.test(file);
  const test = /t10k|test/i.test(file);
  return train === test ? undefined : train ? 'train' : 'test';
}

function roleBySize(a: number, b: number): Role | undefined {
  if (a === b) return undefined;
  return a > b ? 'train' : 'test';
}

import { at } from '../../util/assert.ts';
import { WorkbenchError } from '../../util/errors.ts';
import { type NamedRole, type Role, roleAmong, wordsOf } from './roleWords.ts';

interface Named {
  readonly name: string;
  /** What it is for, where more than its name says it. */
  readonly role?: Role | undefined;
}

/**
 * Which of two is for training: it is said of one of them, or their names say it, else their sizes; the
 * larger one is. Refuses two of which the same is said.
 */
export function byRole<T extends Named>(
  two: readonly T[],
  sizeOf: (item: T) => number,
): Record<Role, T> {
  const [a, b] = [at(two, 0), at(two, 1)];
  const [roleOfA, roleOfB] = [a.role ?? roleByName(a.name), b.role ?? roleByName(b.name)];
  const role = roleOfA ?? (roleOfB && other(roleOfB)) ?? roleBySize(sizeOf(a), sizeOf(b));
  if (role === undefined || (roleOfA && roleOfA === roleOfB)) {
    throw new WorkbenchError('dataset.ambiguous', { files: `${a.name}, ${b.name}` });
  }
  return role === 'train' ? { train: a, test: b } : { train: b, test: a };
}

const other = (role: Role): Role => (role === 'train' ? 'test' : 'train');

/** What the name of a file says, without its folders. */
export function roleByName(name: string): Role | undefined {
  return trainOrTest(saidBy(name.replace(/^.*[/\\]/, '')));
}

/** The same, or where the name is silent, what the folders say that it lies in, the innermost first. */
export function roleOfPath(path: string): NamedRole | undefined {
  for (const part of path.split(/[/\\]/).reverse()) {
    const role = saidBy(part);
    if (role) return role;
  }
  return undefined;
}

/** Words first; then what stands within one, as in `mnisttrain`. */
function saidBy(name: string): NamedRole | undefined {
  const role = roleAmong(wordsOf(name));
  if (role) return role;
  const train = /train/i.test(name);
  const test = /t10k|test/i.test(name);
  return train === test ? undefined : train ? 'train' : 'test';
}

const trainOrTest = (role: NamedRole | undefined): Role | undefined =>
  role === 'validation' ? undefined : role;

function roleBySize(a: number, b: number): Role | undefined {
  if (a === b) return undefined;
  return a > b ? 'train' : 'test';
}

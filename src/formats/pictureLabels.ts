import { WorkbenchError } from '../util/errors.ts';
import type { Role } from './roles.ts';

/** What the path of a picture says of it. */
interface PathWords {
  readonly index: number;
  readonly path: string;
  readonly role: Role;
  /** The folder that it lies in; undefined where that is none, or one that says a role. */
  readonly folder: string | undefined;
  /** What stands before the first underscore of its name. */
  readonly prefix: string | undefined;
  /** Whether the folder is called as a role is, and no folder above it says that it is a class. */
  readonly mayMeanRole: boolean;
}

export interface LabelledPath {
  /** Among the paths that were given, of which two may be the same. */
  readonly index: number;
  readonly path: string;
  readonly role: Role;
  /** Index of the class; undefined where the picture has none. */
  readonly label: number | undefined;
}

export interface PictureLabels {
  readonly classNames: readonly string[];
  readonly pictures: readonly LabelledPath[];
  /** Classes whose folders are called as a role is, and what shows that they are classes. */
  readonly calledAsRoles: readonly { readonly folder: string; readonly beside: string }[];
}

const TRAIN = /^(train|training|val|valid|validation)$/i;
const TEST = /^(test|testing|t10k)$/i;

/**
 * The classes of pictures by their paths: `train/cat/1.png`, or `cat_1.png` where no two folders
 * are there to tell; one class alone is none, as in `IMG_1.jpg` and `IMG_2.jpg`. Classes are in the order of their numbers if all are numbers, else of their
 * letters. If no path says a class, the pictures have none; if only some do, they are refused.
 *
 * The pictures come in the order of their names, numbers as numbers, whatever class they have: so a
 * set that was exported picture by picture (`7/00001.png` or `7_00001.png`) has its order again.
 */
export function pictureLabels(paths: readonly string[]): PictureLabels {
  const depths = classDepths(paths.map(foldersOf));
  const words = paths.map((path, index) => pathWords(path, index, depths));
  const folders = new Set(words.map(({ folder }) => folder));
  folders.delete(undefined);
  const prefixes = new Set(words.map(({ prefix }) => prefix));
  prefixes.delete(undefined);
  const byFolder = folders.size > 1;
  const byPrefix = !byFolder && prefixes.size > 1;
  const classOf = (each: PathWords) =>
    byFolder ? each.folder : byPrefix ? each.prefix : undefined;
  sortByName(words, byPrefix);
  const inTraining = words.some(({ role }) => role === 'train') ? 'train' : 'test';
  const names = new Set<string>();
  for (const each of words) {
    const name = classOf(each);
    if (name !== undefined && each.role === inTraining) names.add(name);
  }
  const areNumbers = [...names].every((name) => /^\d+$/.test(name));
  const classNames = [...names].sort(areNumbers ? (a, b) => Number(a) - Number(b) : undefined);
  const indices = new Map(classNames.map((name, index) => [name, index]));
  const pictures = words.map((each) => {
    const name = classOf(each);
    const label = name === undefined ? undefined : indices.get(name);
    if (name !== undefined && label === undefined) {
      throw new WorkbenchError('pictures.newClass', { file: each.path, class: name });
    }
    return { index: each.index, path: each.path, role: each.role, label };
  });
  refusePartly(pictures, inTraining);
  return { classNames, pictures, calledAsRoles: byFolder ? calledAsRoles(words) : [] };
}

function calledAsRoles(words: readonly PathWords[]): PictureLabels['calledAsRoles'] {
  const named = new Set(words.flatMap((each) => (each.mayMeanRole ? (each.folder ?? []) : [])));
  const { folder: beside = '' } = words.find(({ folder }) => folder && !saysRole(folder)) ?? {};
  return [...named].map((folder) => ({ folder, beside }));
}

function sortByName(words: PathWords[], byPrefix: boolean): void {
  const { compare } = new Intl.Collator('en', { numeric: true });
  const name = ({ path, prefix }: PathWords) =>
    baseName(path).slice(byPrefix && prefix !== undefined ? prefix.length + 1 : 0);
  words.sort((a, b) => compare(name(a), name(b)) || compare(a.path, b.path));
}

/** Training pictures have a class, all or none. */
function refusePartly(pictures: readonly LabelledPath[], role: Role): void {
  const training = pictures.filter((picture) => picture.role === role);
  const without = training.find(({ label }) => label === undefined);
  if (without && training.some(({ label }) => label !== undefined)) {
    throw new WorkbenchError('pictures.noClass', { file: without.path });
  }
}

const foldersOf = (path: string) => path.split(/[/\\]/).slice(0, -1);
const saysRole = (folder: string) => TRAIN.test(folder) || TEST.test(folder);
const isZipFile = (folder: string) => /[.]zip$/i.test(folder);

/**
 * The depths at which folders are classes, whatever they are called: there are pictures in one that says
 * no role, and none that says one has folders of its own.
 */
function classDepths(all: readonly (readonly string[])[]): ReadonlySet<number> {
  const depths = new Set<number>();
  for (const folders of all) {
    const last = folders.at(-1);
    if (last !== undefined && !saysRole(last) && !isZipFile(last)) depths.add(folders.length - 1);
  }
  for (const folders of all) {
    for (const [depth, folder] of folders.slice(0, -1).entries()) {
      if (saysRole(folder)) depths.delete(depth);
    }
  }
  return depths;
}

/**
 * A class may be called train, as in CIFAR-100, or test: what it is shows what stands beside it. Beside
 * classes it is one; beside a folder of classes, or of pictures that say a role, it says a role too.
 */
function pathWords(path: string, index: number, depths: ReadonlySet<number>): PathWords {
  const folders = foldersOf(path);
  const above = folders.slice(0, -1);
  const last = folders.at(-1);
  const isClass =
    last !== undefined && !isZipFile(last) && (!saysRole(last) || depths.has(above.length));
  const sayRoles = isClass ? above : folders;
  return {
    index,
    path,
    role: sayRoles.some((folder) => TEST.test(folder)) ? 'test' : 'train',
    folder: isClass ? last : undefined,
    prefix: /^([^_]+)_/.exec(baseName(path))?.[1],
    mayMeanRole: isClass && saysRole(last) && !above.some(saysRole),
  };
}

const baseName = (path: string) => path.replace(/^.*[/\\]/, '');

import { WorkbenchError } from '../../util/errors.ts';
import { classFolders, type FolderWords } from '../dataset/classFolders.ts';
import { inClassOrder } from '../dataset/classOrder.ts';
import type { Role } from '../dataset/roleWords.ts';
import { baseName, classInName } from './pictureNames.ts';
import type { SaidOfPictures } from './pictureTable.ts';

/** What the path of a picture says of it. */
interface PathWords extends Omit<FolderWords, 'role'> {
  readonly isValidation: boolean;
  readonly index: number;
  readonly path: string;
  readonly role: Role;
  /** The class in its name. */
  readonly prefix: string | undefined;
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
  /** Folders of pictures without a class beside classes, and how many each has. */
  readonly unlabelledFolders: ReadonlyMap<string, number>;
  /** Archives that are classes. */
  readonly archives: readonly string[];
  /** Pictures that are called validation pictures, and are learned from as those for training are. */
  readonly validation: readonly string[];
}

/**
 * The classes of pictures by their paths: `train/cat/1.png`, or `cat_1.png` where no two folders
 * are there to tell; one class alone is none, as in `IMG_1.jpg` and `IMG_2.jpg`. If no path says a class, the pictures have none; if only some do, they are refused.
 *
 * The pictures come in the order of their names, numbers as numbers, whatever class they have: so a
 * set that was exported picture by picture (`7/00001.png` or `7_00001.png`) has its order again.
 *
 * @param said what a table says, by the places of the paths
 */
export function pictureLabels(paths: readonly string[], said?: SaidOfPictures): PictureLabels {
  const words = pathWords(paths, said);
  const byFolder = areSeveral(words.map(({ folder }) => folder));
  const known = said?.classes;
  const byPrefix = !known && !byFolder && areSeveral(words.map(({ prefix }) => prefix));
  const classOf = (each: PathWords) =>
    known?.[each.index] ?? (byFolder ? each.folder : byPrefix ? each.prefix : undefined);
  sortByName(words, byPrefix);
  const hasTraining = words.some(
    (each) => each.role === 'train' && each.unlabelled === undefined && classOf(each) !== undefined,
  );
  const inTraining = hasTraining ? 'train' : 'test';
  const names = new Set<string>();
  for (const each of words) {
    const name = classOf(each);
    if (name !== undefined && each.role === inTraining) names.add(name);
  }
  const classNames = inClassOrder([...names]);
  const indices = new Map(classNames.map((name, index) => [name, index]));
  const pictures = words.map((each) => {
    const name = classOf(each);
    const label = name === undefined ? undefined : indices.get(name);
    if (name !== undefined && label === undefined) {
      throw new WorkbenchError('pictures.newClass', { file: each.path, class: name });
    }
    return { index: each.index, path: each.path, role: each.role, label };
  });
  if (!known) refusePartly(pictures, words, inTraining);
  return {
    ...{ classNames, pictures },
    calledAsRoles: byFolder ? calledAsRoles(words) : [],
    archives: byFolder ? [...new Set(words.flatMap(({ archive }) => archive ?? []))] : [],
    unlabelledFolders: byFolder ? unlabelledFolders(words) : new Map(),
    validation: words
      .filter(({ isValidation, index }) => isValidation && !said?.roles[index])
      .map(({ path }) => path),
  };
}

/** One class alone is none. */
const areSeveral = (names: readonly (string | undefined)[]) =>
  new Set(names.filter((name) => name !== undefined)).size > 1;

function pathWords(paths: readonly string[], said: SaidOfPictures | undefined): PathWords[] {
  // Of letters with accents macOS writes letter and accent, and others one sign for both.
  const folders = paths.map((path) => path.normalize('NFC').split(/[/\\]/).slice(0, -1));
  const prefixes = paths.map((path) => classInName(path.normalize('NFC')));
  const mayBeArchives = !said && !areSeveral(prefixes);
  return classFolders(folders, mayBeArchives).map(({ role: ofFolder, ...words }, index) => {
    const role = said?.roles[index] ?? ofFolder;
    const path = paths[index] ?? '';
    const prefix = prefixes[index];
    const isValidation = role === 'validation';
    return {
      ...words,
      index,
      path,
      prefix,
      isValidation,
      role: role === 'test' ? 'test' : 'train',
    };
  });
}

function calledAsRoles(words: readonly PathWords[]): PictureLabels['calledAsRoles'] {
  const named = new Set(words.flatMap((each) => (each.mayMeanRole ? (each.folder ?? []) : [])));
  const { folder: beside = '' } =
    words.find(({ folder }) => folder !== undefined && !named.has(folder)) ?? {};
  return [...named].map((folder) => ({ folder, beside }));
}

function unlabelledFolders(words: readonly PathWords[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { unlabelled } of words) {
    if (unlabelled !== undefined) counts.set(unlabelled, (counts.get(unlabelled) ?? 0) + 1);
  }
  return counts;
}

function sortByName(words: PathWords[], byPrefix: boolean): void {
  const { compare } = new Intl.Collator('en', { numeric: true });
  const name = ({ path, prefix }: PathWords) =>
    baseName(path).slice(byPrefix && prefix !== undefined ? prefix.length + 1 : 0);
  words.sort((a, b) => compare(name(a), name(b)) || compare(a.path, b.path));
}

/** Training pictures have a class, all or none, but for those of which a folder says that nobody knows it. */
function refusePartly(
  pictures: readonly LabelledPath[],
  words: readonly PathWords[],
  role: Role,
): void {
  const training = pictures.filter(
    (picture, i) => picture.role === role && words[i]?.unlabelled === undefined,
  );
  const without = training.find(({ label }) => label === undefined);
  if (without && training.some(({ label }) => label !== undefined)) {
    throw new WorkbenchError('pictures.noClass', { file: without.path });
  }
}

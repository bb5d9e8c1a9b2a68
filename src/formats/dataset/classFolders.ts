import {
  isBareRole,
  isGeneral,
  type NamedRole,
  roleAmong,
  roleOfFolder,
  saysUnlabelled,
  wordsOf,
} from './roleWords.ts';

/** What the folders of a picture say of it. */
export interface FolderWords {
  readonly role: NamedRole | undefined;
  /** The folder that is its class; undefined where none is. */
  readonly folder: string | undefined;
  /** Whether that is called as a role is, and no folder above says that it is a class. */
  readonly mayMeanRole: boolean;
  /** A folder that says that nobody knows the class. */
  readonly unlabelled: string | undefined;
  /** An archive that is its class: then `folder` is what that is called. */
  readonly archive?: string;
}

const ARCHIVE = /([.](zip|tar|tgz|gz))+$/i;
const isArchive = (folder: string) => ARCHIVE.test(folder);
/** An archive is no class, so that one word of several says a role: `mnist_test.zip`. */
const stemOfArchive = (name: string) => name.replace(ARCHIVE, '');
const roleOfArchive = (name: string) => roleAmong(wordsOf(stemOfArchive(name)));
/** What archives are called of which all hold a part of the same. */
const PART = /^(part|vol|volume|batch|chunk|archive|backup|export|download|takeout|album|new|old)/i;
/** What stands before the number of a class. */
const BEFORE_NUMBER = /^(class|label|digit|letter|category|number|)$/i;

/** Whether several archives, one for each picture, are called as classes are. */
function areClasses(archives: readonly (string | undefined)[]): boolean {
  const stems = [...new Set(archives)].map((each) => each && stemOfArchive(each));
  if (stems.length < 2) return false;
  const numbered = new Set(stems.map((stem) => NUMBERED.exec(stem ?? '')?.[1]));
  const [series] = numbered;
  const isSeries = numbered.size === 1 && series !== undefined && !BEFORE_NUMBER.test(series);
  const mayBe = (stem: string | undefined) =>
    stem !== undefined && !PART.test(stem) && !isGeneral(stem) && !saysUnlabelled(stem);
  return !isSeries && stems.every(mayBe);
}

/**
 * Which folders of these paths are classes. A class may be called train, as in CIFAR-100, or test: what it
 * is shows what stands beside it. Beside classes it is one; beside a folder of classes, or of pictures that
 * say a role, it says a role too. `testSet` or `test_images` is no class anywhere. Folders that say nothing
 * (`cat/images/1.png`) are looked through, and so are numbered ones that stand below several classes
 * (`cat/session1/1.png`, `dog/session1/1.png`). Of several archives the names say a role, where the folders
 * in them say none: `train.zip` beside `test.zip`. Where nothing within archives says a class, each may be
 * one: `cat.zip` beside `dog.zip`.
 *
 * @param mayBeArchives whether nothing else says the classes
 */
export function classFolders(
  all: readonly (readonly string[])[],
  mayBeArchives: boolean,
): FolderWords[] {
  const depths = bareDepths(all);
  const shared = sharedDepth(all);
  const inner = all.map((folders) => innerFolders(folders, depths, shared));
  const level = classLevel(inner.map(({ classes }) => classes));
  const words = inner.map(({ role, classes }, i) => {
    const folder = classes.at(-1 - level) ?? classes.at(-1);
    const place = (all[i] ?? []).lastIndexOf(folder ?? '');
    const above = (all[i] ?? []).slice(0, Math.max(0, place));
    const mayMeanRole =
      folder !== undefined && isBareRole(folder) && !above.some((each) => roleOfFolder(each));
    return { role, folder, mayMeanRole, unlabelled: undefined };
  });
  const archives = inner.map(({ archive }) => archive);
  const saysNothing = words.every(({ role, folder }) => role === undefined && folder === undefined);
  if (mayBeArchives && saysNothing && areClasses(archives)) {
    return words.map((each, i) => {
      const archive = archives[i] ?? '';
      return { ...each, archive, folder: stemOfArchive(archive) };
    });
  }
  return withoutUnlabelled(words);
}

/**
 * The depths at which folders are classes, even if they are called as a role is: there are pictures in one
 * that says none, and none that says one has folders of its own.
 */
function bareDepths(all: readonly (readonly string[])[]): ReadonlySet<number> {
  const depths = new Set<number>();
  for (const folders of all) {
    const last = folders.at(-1);
    if (last !== undefined && !roleOfFolder(last) && !isArchive(last)) {
      depths.add(folders.length - 1);
    }
  }
  for (const folders of all) {
    for (const [depth, folder] of folders.slice(0, -1).entries()) {
      if (roleOfFolder(folder)) depths.delete(depth);
    }
  }
  return depths;
}

/** How many folders all paths begin with: what holds everything tells nothing apart. */
function sharedDepth([first = [], ...others]: readonly (readonly string[])[]): number {
  let depth = first.length;
  for (const folders of others) {
    let same = 0;
    while (same < depth && folders[same] === first[same]) same++;
    depth = same;
  }
  return depth;
}

/** The role of a picture, and the folders that may be its class, the innermost last. */
function innerFolders(folders: readonly string[], depths: ReadonlySet<number>, shared: number) {
  let role: NamedRole | undefined;
  let archiveRole: NamedRole | undefined;
  let archive: string | undefined;
  const classes: string[] = [];
  for (const [depth, folder] of folders.entries()) {
    const isLast = depth === folders.length - 1;
    const isClass = isLast && isBareRole(folder) && depths.has(depth);
    const says = isClass ? undefined : roleOfFolder(folder);
    // Of two roles the testing one holds: nothing of it may be learned from.
    if (says) role = role === 'test' ? role : says;
    else if (depth < shared) continue;
    else if (isArchive(folder)) {
      archive = folder;
      archiveRole = roleOfArchive(folder) ?? archiveRole;
    } else classes.push(folder);
  }
  const last = classes.at(-1);
  if (classes.length > 1 && last !== undefined && isGeneral(last)) classes.pop();
  return { role: role ?? archiveRole, classes, archive };
}

const NUMBERED = /^(\D*?)[-_ ]?\d+$/;

/** How many levels from the innermost the classes are: see `classFolders`. */
function classLevel(all: readonly (readonly string[])[]): number {
  const parents = new Map<string, Set<string>>();
  const stems = new Set<string | undefined>();
  for (const classes of all) {
    const [last, parent] = [classes.at(-1), classes.at(-2)];
    if (last === undefined || parent === undefined) return 0;
    stems.add(NUMBERED.exec(last)?.[1]);
    const known = parents.get(last);
    if (known) known.add(parent);
    else parents.set(last, new Set([parent]));
  }
  const [stem] = stems;
  const isOneSeries = stems.size === 1 && stem !== undefined && stem !== '';
  const recurs = [...parents.values()].some(({ size }) => size > 1);
  return isOneSeries && recurs ? 1 : 0;
}

/** Beside two classes, a folder called `unknown` is none. */
function withoutUnlabelled(words: readonly FolderWords[]): FolderWords[] {
  const isUnlabelled = ({ folder }: FolderWords) => folder !== undefined && saysUnlabelled(folder);
  const classes = new Set(words.filter((each) => !isUnlabelled(each)).map(({ folder }) => folder));
  classes.delete(undefined);
  if (classes.size < 2) return [...words];
  return words.map((each) =>
    isUnlabelled(each) ? { ...each, folder: undefined, unlabelled: each.folder } : each,
  );
}

const TRAIN = /^(train|training|trn|learn|learning)$/;
const VALIDATION = /^(val|valid|validation|dev)$/;
const TEST = /^(test|testing|tst|t10k|evaluation|eval|holdout)$/;
/** What stands beside such a word without saying anything more. */
const GENERAL =
  /^(sets?|data|dataset|images?|imgs?|pictures?|pics|photos?|samples?|split|folder|files?|digits?|letters?|all|the|of|for|x|y|labels?)$/;

/** What images are for. */
export type Role = 'train' | 'test';
export type NamedRole = Role | 'validation';

/** `trainingSet` and `test_images` are two words each. */
export function wordsOf(name: string): string[] {
  return name
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}

const roleOfWord = (word: string): NamedRole | undefined =>
  TRAIN.test(word)
    ? 'train'
    : TEST.test(word)
      ? 'test'
      : VALIDATION.test(word)
        ? 'validation'
        : undefined;

/** What one word among others says, if only one role is spoken of. */
export function roleAmong(words: readonly string[]): NamedRole | undefined {
  const roles = new Set(words.flatMap((word) => roleOfWord(word) ?? []));
  return roles.size === 1 ? [...roles][0] : undefined;
}

/** The role that a folder has for its whole name: `test`, `testSet`, `test_images`, but not `test_tubes`. */
export function roleOfFolder(folder: string): NamedRole | undefined {
  const words = wordsOf(folder);
  const others = words.filter((word) => roleOfWord(word) === undefined);
  return others.every((word) => GENERAL.test(word)) ? roleAmong(words) : undefined;
}

/** Whether a folder is called by the word alone, as a class may be too. */
export function isBareRole(folder: string): boolean {
  return roleOfFolder(folder) !== undefined && wordsOf(folder).length === 1;
}

/** A folder that says nothing of what is in it: `images`, `data`. */
export function isGeneral(folder: string): boolean {
  const words = wordsOf(folder);
  return (
    words.length > 0 &&
    words.every((word) => /^(x|y|\p{N}+)$/u.test(word) === false && GENERAL.test(word))
  );
}

/** Folders of pictures of which nobody knows the class. */
export function saysUnlabelled(folder: string): boolean {
  return /^[-_ ]*(un(known|labell?ed|classified|sorted|tagged|categorized)|no[-_ ]?(label|class)|to[-_ ]?(label|predict|sort|classify)|predict)[-_ ]*$/i.test(
    folder,
  );
}

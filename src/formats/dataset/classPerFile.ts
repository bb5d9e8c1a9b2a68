import { roleAmong, wordsOf } from './roleWords.ts';

/**
 * The classes that files are called by, of which each holds the images of one, as Quick, Draw! has it:
 * `full_numpy_bitmap_cat.npy`. Undefined where the names say a role, or nothing by which they differ.
 */
export function classPerFile(files: readonly string[]): readonly string[] | undefined {
  if (files.length < 2) return undefined;
  const stems = files.map((file) =>
    file
      .replace(/^.*[/\\]/, '')
      .replace(/([.](npy|csv|tsv|txt|gz|bin|idx))+$/i, '')
      .normalize('NFC'),
  );
  if (stems.some((stem) => roleAmong(wordsOf(stem)) !== undefined)) return undefined;
  const start = sharedStart(stems);
  const end = sharedStart(
    stems.map((stem) => [...stem.slice(start)].reverse().join('')),
    0,
  );
  const names = stems.map((stem) => stem.slice(start, stem.length - end).trim());
  const areNames = names.every(
    (name) => name !== '' && !/^(x|y|images?|data|labels?|arr_\d+)$/i.test(name),
  );
  return areNames && new Set(names).size === names.length ? names : undefined;
}

/** How many letters all begin with, up to the end of a word. */
function sharedStart(texts: readonly string[], least = 0): number {
  const [first = ''] = texts;
  let same = least;
  while (same < first.length && texts.every((text) => text[same] === first[same])) same++;
  while (same > 0 && !/[\s_.-]/.test(first[same - 1] ?? '')) same--;
  return same;
}

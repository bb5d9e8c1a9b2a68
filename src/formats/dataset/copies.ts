import { MAX_PIXEL_BYTES } from '../../domain/data/dataset.ts';
import { hashOf } from '../../util/bytePieces.ts';
import type { Advance } from '../../util/steps.ts';
import type { ReadingContext } from './readingContext.ts';
import type { RecognisedFile } from './recognisedFile.ts';
import { roleOfPath } from './roles.ts';

/**
 * The files without those that are there already under another name or in another folder, as sets from
 * Kaggle often have them. Only what is of one length can be one content, so few files are read for it. The
 * same content for training and for testing is no copy, nor are two equal pictures of different names.
 */
export async function withoutCopies(
  files: readonly RecognisedFile[],
  { assume, progress }: Pick<ReadingContext, 'assume' | 'progress'>,
): Promise<RecognisedFile[]> {
  const groups = new Map<string, RecognisedFile[]>();
  for (const each of files) {
    const key = keyOf(each);
    const group = groups.get(key);
    if (group) group.push(each);
    else groups.set(key, [each]);
  }
  const copies = new Map<RecognisedFile, RecognisedFile>();
  for (const group of groups.values()) {
    if (group.length === 1) continue;
    const seen = new Map<string, RecognisedFile>();
    for (const each of group) {
      const hash = await contentHash(each, progress.advance);
      const before = hash === undefined ? undefined : seen.get(hash);
      if (before) copies.set(each, before);
      else if (hash !== undefined) seen.set(hash, each);
    }
  }
  const [first] = copies;
  if (first) {
    const [copy, original] = first;
    const names = { file: copy.file.name, other: original.file.name };
    assume({ kind: 'copiesPassedOver', ...names, count: copies.size });
  }
  return files.filter((each) => !copies.has(each));
}

/** Files of different keys are never taken for copies of one another. */
function keyOf({ file, kind }: RecognisedFile): string {
  const { name, likelyBytes } = file;
  const key = [kind, likelyBytes, roleOfPath(name)];
  if (kind !== 'pictures') return key.join(' ');
  const [base = '', folder = ''] = name.split(/[/\\]/).reverse();
  return [...key, folder, base].join('/');
}

/** Undefined where it cannot be read; why, the reading for good says. */
async function contentHash(
  { file }: RecognisedFile,
  advance: Advance,
): Promise<string | undefined> {
  // None of it counts as read: that it is read for good is still to come.
  const bytes = await file.bytes(MAX_PIXEL_BYTES, () => advance(0)).catch(() => undefined);
  await advance(0);
  return bytes && hashOf(bytes);
}

import { stat } from 'node:fs/promises';
import { UsageError } from '../../lib/say.mjs';
import { findIdxFiles } from './idxFiles.mjs';

/**
 * The files of the data set that `--data` names: files of any kind, or a folder of IDX files.
 * @param {readonly string[]} paths
 */
export async function findDataFiles(paths) {
  const found = await Promise.all(
    paths.map(async (path) => {
      const entry = await stat(path).catch(() => undefined);
      if (entry?.isDirectory()) return findIdxFiles(path);
      if (entry?.isFile()) return [path];
      throw new UsageError(`There is no file ${path}.`);
    }),
  );
  return found.flat();
}

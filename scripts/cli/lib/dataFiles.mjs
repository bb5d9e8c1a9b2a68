import { readdir, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { SetupError, UsageError } from '../../lib/say.mjs';
import { findIdxFiles } from './idxFiles.mjs';

/**
 * A file of this machine, and what the page is told that it is called: within its folder, for folders
 * say classes.
 * @typedef {{ readonly path: string, readonly name: string }} DataFile
 */

/** As many as the page takes at once. */
const mostFiles = 100_000;

/**
 * The files of the data set that `--data` names: files of any kind, and folders with all that is in them, as
 * the page takes them. Of a folder of IDX files these are taken alone.
 * @param {readonly string[]} paths
 * @returns {Promise<DataFile[]>}
 */
export async function findDataFiles(paths) {
  const found = await Promise.all(
    paths.map(async (path) => {
      const entry = await stat(path).catch(() => undefined);
      if (entry?.isDirectory()) return filesOfFolder(path);
      if (entry?.isFile()) return [{ path, name: basename(path) }];
      throw new UsageError(`There is no file ${path}.`);
    }),
  );
  const files = found.flat();
  if (files.length > mostFiles) {
    throw new SetupError(
      `There are more than ${mostFiles} files in ${paths.join(', ')}. Zip them.`,
    );
  }
  return files;
}

/** @param {string} folder */
async function filesOfFolder(folder) {
  const idx = await findIdxFiles(folder);
  if (idx.length > 0) return idx.map((path) => ({ path, name: basename(path) }));
  /** @type {DataFile[]} */
  const files = [];
  await walk(folder, basename(resolve(folder)), files);
  if (files.length === 0) throw new SetupError(`The folder ${folder} has no files.`);
  return files;
}

/** @param {string} folder @param {string} name @param {DataFile[]} files */
async function walk(folder, name, files) {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => {
    throw new SetupError(`The folder ${folder} cannot be read.`);
  });
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const [path, inner] = [join(folder, entry.name), `${name}/${entry.name}`];
    if (entry.isDirectory()) await walk(path, inner, files);
    else if (entry.isFile()) files.push({ path, name: inner });
    if (files.length > mostFiles) return;
  }
}

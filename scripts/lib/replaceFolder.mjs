import { rename, rm } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

/** What Windows answers while somebody, a virus scanner say, looks into a folder. */
const passingCodes = ['EACCES', 'EBUSY', 'EPERM'];
const attempts = 10;
const pauseMs = 100;

/**
 * @typedef {object} FileSystem
 * @property {(from: string, to: string) => Promise<void>} rename
 * @property {(path: string, options: { recursive: true, force: true }) => Promise<void>} rm
 */

/**
 * Puts a new folder in the place of another one, which is there until then and again if this fails:
 * whoever reads from it misses it for no longer than between two renames.
 * @param {string} folder that need not be there yet
 * @param {string} successor on the same file system, beside it
 * @param {FileSystem} [files]
 */
export async function replaceFolder(folder, successor, files = { rename, rm }) {
  const old = `${folder}.old-${process.pid}`;
  const remove = (/** @type {string} */ path) => files.rm(path, { recursive: true, force: true });
  await remove(old);
  const hadOne = await patiently(() => files.rename(folder, old)).then(
    () => true,
    (error) => {
      if (error.code === 'ENOENT') return false;
      throw error;
    },
  );
  try {
    await patiently(() => files.rename(successor, folder));
  } catch (error) {
    if (hadOne) await patiently(() => files.rename(old, folder));
    throw error;
  }
  // What is left of the old one is in nobody's way.
  await remove(old).catch(() => {});
}

/** @param {() => Promise<void>} task */
async function patiently(task) {
  for (let attempt = 1; ; attempt++) {
    try {
      return await task();
    } catch (error) {
      const { code } = /** @type {NodeJS.ErrnoException} */ (error);
      if (attempt === attempts || !passingCodes.includes(code ?? '')) throw error;
      await sleep(pauseMs);
    }
  }
}

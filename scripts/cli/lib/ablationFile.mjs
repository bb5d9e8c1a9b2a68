import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UsageError } from '../../lib/say.mjs';

/**
 * What is kept of an ablation between two calls of the command: the page's own queue of runs, as the
 * page keeps it too. The page checks all of it when it takes it up.
 */

/** @typedef {import('../../../src/domain/ablationQueue.ts').AblationQueue} AblationQueue */

/** @param {string} folder */
const pathIn = (folder) => join(folder, 'ablation.json');

/**
 * Undefined where the folder has none yet.
 * @param {string} folder
 * @returns {Promise<AblationQueue | undefined>}
 */
export async function readKept(folder) {
  const text = await readFile(pathIn(folder), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    const queue = JSON.parse(text);
    if (Array.isArray(queue.rows) && typeof queue.frame === 'object') return queue;
  } catch {
    // Told below.
  }
  throw new UsageError(
    `${pathIn(folder)} is not what this command wrote. Delete it, or choose another --out.`,
  );
}

/**
 * Renamed into its place when it is whole: an interruption leaves the one before.
 * @param {string} folder
 * @param {AblationQueue} queue
 */
export async function writeKept(folder, queue) {
  const path = pathIn(folder);
  await writeFile(`${path}.part`, `${JSON.stringify(queue, null, 2)}\n`);
  await rename(`${path}.part`, path);
}

/**
 * Refuses to mix two ablations in one table.
 * @param {AblationQueue} kept
 * @param {Record<string, string | number>} frame what was asked for of the recipe
 * @param {readonly string[] | undefined} chosen ingredients, if any were named
 * @param {string} folder
 */
export function requireSame(kept, frame, chosen, folder) {
  /** @type {Record<string, string | number>} */
  const before = kept.frame;
  const remedy = `Ask for that, or choose another --out.`;
  for (const [name, value] of Object.entries(frame)) {
    if (before[name] === value) continue;
    const found = `${pathIn(folder)} has an ablation with ${name} ${before[name]}, not ${value}.`;
    throw new UsageError(`${found} ${remedy}`);
  }
  const rows = kept.rows.map(({ variant }) => variant).filter((id) => !wholes.includes(id));
  if (chosen && [...chosen].sort().join() !== [...rows].sort().join()) {
    throw new UsageError(`${pathIn(folder)} has an ablation of ${rows.join(', ')}. ${remedy}`);
  }
}

/** The rows that are no single ingredient. */
const wholes = ['seed', 'improved'];

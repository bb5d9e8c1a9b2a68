import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UsageError } from '../../lib/say.mjs';

/**
 * What is kept of an ablation between two calls of the command: the page's own queue of runs, as the
 * page keeps it too. The page checks all of it when it takes it up.
 */

/** @typedef {import('../../../src/domain/ablation/ablationQueue.ts').AblationQueue} AblationQueue */

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
    const { rows, frame, conditions } = JSON.parse(text);
    if (Array.isArray(rows) && isObject(frame)) {
      if (isObject(conditions)) return JSON.parse(text);
      throw new UsageError(
        `${pathIn(folder)} is of an earlier version, whose rows do not say of which images and on which engine they are. Choose another --out.`,
      );
    }
  } catch (error) {
    if (error instanceof UsageError) throw error;
    // Told below.
  }
  throw new UsageError(
    `${pathIn(folder)} is not what this command wrote. Delete it, or choose another --out.`,
  );
}

/** @param {unknown} value */
function isObject(value) {
  return typeof value === 'object' && value !== null;
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
 * Refuses to mix two ablations in one table. Whether the images are the same ones is seen by the page.
 * @param {AblationQueue} kept
 * @param {{ changes?: Record<string, string | number>, seeds?: number | undefined,
 *   trainingImages?: number | undefined, engine?: string | undefined,
 *   chosen?: readonly string[] | undefined }} asked what was asked for, if anything was
 * @param {string} folder
 */
export function requireSame(kept, { changes = {}, chosen, ...asked }, folder) {
  /** @type {Record<string, unknown>} */
  const before = {
    ...kept.frame,
    seeds: new Set(kept.rows.map(({ seed }) => seed)).size,
    trainingImages: kept.conditions.trainingImages,
    engine: kept.conditions.engine,
  };
  const remedy = `Ask for that, or choose another --out.`;
  for (const [name, value] of Object.entries({ ...changes, ...asked })) {
    if (value === undefined || (name === 'engine' && value === 'auto')) continue;
    if (before[name] === value) continue;
    const found = `${pathIn(folder)} has an ablation with ${name} ${before[name]}, not ${value}.`;
    throw new UsageError(`${found} ${remedy}`);
  }
  const rows = new Set(
    kept.rows.map(({ variant }) => variant).filter((id) => !wholes.includes(id)),
  );
  if (chosen && [...chosen].sort().join() !== [...rows].sort().join()) {
    throw new UsageError(`${pathIn(folder)} has an ablation of ${[...rows].join(', ')}. ${remedy}`);
  }
}

/** The rows that are no single ingredient. */
const wholes = ['seed', 'improved'];

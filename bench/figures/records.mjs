import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { inProject } from '../../scripts/lib/paths.mjs';

/** Measurements as they were made, one file of JSON a figure: what the tables were written from. */

const pathOf = (/** @type {string} */ name) => inProject(`bench/results/${name}.json`);

/** @param {string} name @returns {Promise<any>} undefined where it was never made */
export async function readRecord(name) {
  const text = await readFile(pathOf(name), 'utf8').catch(() => undefined);
  return text === undefined ? undefined : JSON.parse(text);
}

/** @param {string} name @param {object} record */
export const writeRecord = (name, record) =>
  writeInto(pathOf(name), `${JSON.stringify(record, undefined, 1)}\n`);

/** @param {string} path @param {string} text */
export async function writeInto(path, text) {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}

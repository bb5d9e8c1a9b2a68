import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { constants, gunzipSync } from 'node:zlib';
import { SetupError } from '../../lib/say.mjs';

const atOnce = 64;
const headBytes = 4096;
const types = [8, 9, 11, 12, 13, 14];

/**
 * The IDX files of a folder, raw or gzipped, known by their first bytes; none where it has none. Where one is there in both
 * ways, the raw one is taken.
 * @param {string} folder
 */
export async function findIdxFiles(folder) {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => {
    throw new SetupError(`The folder ${folder} cannot be read.`);
  });
  const paths = entries.filter((entry) => entry.isFile()).map(({ name }) => join(folder, name));
  /** @type {string[]} */
  const kinds = [];
  // Some at a time: a folder may hold more files than can be open at once.
  for (let start = 0; start < paths.length; start += atOnce) {
    kinds.push(...(await Promise.all(paths.slice(start, start + atOnce).map(kindOf))));
  }
  const raw = paths.filter((_, index) => kinds[index] === 'idx');
  const gzipped = paths.filter(
    (path, index) => kinds[index] === 'gzip' && !raw.includes(path.replace(/\.gz$/, '')),
  );
  return [...raw, ...gzipped].sort();
}

/** @param {string} path */
async function kindOf(path) {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(headBytes), 0, headBytes, 0);
    const head = buffer.subarray(0, bytesRead);
    if (head.length >= 2 && head.readUInt16BE(0) === 0x1f8b) {
      return isIdx(inflated(head)) ? 'gzip' : 'other';
    }
    return isIdx(head) ? 'idx' : 'other';
  } finally {
    await file.close();
  }
}

/** Two zero bytes, a type of number, one to four dimensions. @param {Buffer} head */
function isIdx(head) {
  const [first, second, type = 0, rank = 0] = head;
  return first === 0 && second === 0 && types.includes(type) && rank >= 1 && rank <= 4;
}

/** What the beginning of a gzip file holds. @param {Buffer} head */
function inflated(head) {
  try {
    return gunzipSync(head, { finishFlush: constants.Z_SYNC_FLUSH });
  } catch {
    return Buffer.alloc(0);
  }
}

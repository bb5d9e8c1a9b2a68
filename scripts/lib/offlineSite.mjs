import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { securityHeaders } from './securityHeaders.mjs';

/**
 * What makes a folder of built files a site that works offline: a version, which stands in the
 * page, and the service worker with the list of files that it keeps
 * (src/serviceWorker/keptFiles.ts describes it).
 */

export const serviceWorkerFile = 'serviceWorker.js';

/** The page's version is filled in here. @type {{ name: string, content: string }} */
export const versionMeta = { name: 'workbench-version', content: '' };

const versionPattern = /(<meta name="workbench-version" content=")[^"]*(")/;
const dataFolder = 'mnist/';

/**
 * Writes the version into the page, and the service worker beside it.
 * @param {string} folder
 * @param {string} workerCode what the service worker does, for any site
 */
export async function finishSite(folder, workerCode) {
  const page = await readFile(join(folder, 'index.html'), 'utf8');
  if (!versionPattern.test(page)) throw new Error('index.html has no place for the version.');
  /** @param {string} version */
  const pageOf = (version) => page.replace(versionPattern, `$1${version}$2`);

  const paths = (await filesIn(folder)).filter((path) => path !== serviceWorkerFile);
  const isData = (/** @type {string} */ path) => path.startsWith(dataFolder);
  const files = await integritiesOf(
    folder,
    paths.filter((path) => !isData(path) && path !== 'index.html'),
  );
  const mnist = await integritiesOf(folder, paths.filter(isData));
  const version = shortHash(JSON.stringify([files, mnist, pageOf('')]));

  await writeFile(join(folder, 'index.html'), pageOf(version));
  const site = {
    version,
    // Under the folder's own address: some hosts redirect from index.html to it.
    files: { './': integrityOf(pageOf(version)), ...files },
    mnist,
    mnistVersion: shortHash(JSON.stringify(mnist)),
    headers: securityHeaders,
  };
  const text = `const BUILT_SITE = ${JSON.stringify(site, null, 1)};\n${workerCode}`;
  await writeFile(join(folder, serviceWorkerFile), text);
}

/**
 * The paths of all files, with `/` on every system, in one order; hidden files are not served.
 * @param {string} folder
 * @param {string} [prefix]
 * @returns {Promise<string[]>}
 */
async function filesIn(folder, prefix = '') {
  const entries = await readdir(join(folder, prefix), { withFileTypes: true });
  const nested = entries
    .filter(({ name }) => !name.startsWith('.'))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map((entry) => {
      const path = `${prefix}${entry.name}`;
      return entry.isDirectory() ? filesIn(folder, `${path}/`) : [path];
    });
  return (await Promise.all(nested)).flat();
}

/** @param {string} folder @param {readonly string[]} paths @returns {Promise<Record<string, string>>} */
async function integritiesOf(folder, paths) {
  const entries = paths.map(async (path) => [
    path,
    integrityOf(await readFile(join(folder, path))),
  ]);
  return Object.fromEntries(await Promise.all(entries));
}

/** As browsers check it. @param {string | Buffer} content */
function integrityOf(content) {
  return `sha256-${createHash('sha256').update(content).digest('base64')}`;
}

/** @param {string} text */
function shortHash(text) {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

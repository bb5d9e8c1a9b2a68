import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { securityHeaders } from './securityHeaders.mjs';

/**
 * What makes a folder of built files a site that works offline: a version, which stands in the
 * page, and the service worker with the list of files that it keeps
 * (src/serviceWorker/keptFiles.ts describes it).
 */

export const serviceWorkerFile = 'serviceWorker.js';

/** Says which version is deployed and of which files it is made: a half-finished one can be told by it. */
export const siteFile = 'site.json';

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

  const written = [serviceWorkerFile, siteFile];
  const paths = (await filesIn(folder)).filter((path) => !written.includes(path));
  const isData = (/** @type {string} */ path) => path.startsWith(dataFolder);
  const files = await integritiesOf(
    folder,
    paths.filter((path) => !isData(path) && path !== 'index.html'),
  );
  const mnist = await formsOf(folder, paths.filter(isData));
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
  const deployed = { version, files: site.files };
  await writeFile(join(folder, siteFile), `${JSON.stringify(deployed)}\n`);
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

/**
 * The hashes that a file may have when it reaches the page: a host that declares a gzip file as encoded has
 * the browser inflate it on its way.
 * @param {string} folder @param {readonly string[]} paths @returns {Promise<Record<string, string[]>>}
 */
async function formsOf(folder, paths) {
  const entries = paths.map(async (path) => {
    const content = await readFile(join(folder, path));
    const isGzip = content[0] === 0x1f && content[1] === 0x8b;
    const forms = isGzip ? [content, gunzipSync(content)] : [content];
    return [path, forms.map(integrityOf)];
  });
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

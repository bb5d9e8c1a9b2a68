import { createHash } from 'node:crypto';
import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inProject, root } from './paths.mjs';
import { run } from './run.mjs';
import { SetupError, say } from './say.mjs';

/** What the built site is made of, relative to the project's folder. */
const sources = [
  'src',
  'public',
  'index.html',
  'vite.config.ts',
  'scripts/lib/offlinePlugin.mjs',
  'scripts/lib/offlineSite.mjs',
  'scripts/lib/securityHeaders.mjs',
  'scripts/lib/supplyChainPlugin.mjs',
  'scripts/lib/shippedPackages.mjs',
  'scripts/lib/licences.mjs',
  'scripts/lib/licenceTexts',
  'scripts/lib/lockfile.mjs',
  'scripts/lib/sbom.mjs',
  'package.json',
  'package-lock.json',
];

const dist = inProject('dist');
const stamp = '.sources';

/** Builds the site unless dist was built from the very sources that are there now. */
export async function ensureBuild() {
  const built = await readFile(join(dist, stamp), 'utf8').catch(() => '');
  if (built === (await fingerprint())) return;
  say('Building the app ...');
  await build({ quiet: true });
}

/**
 * Builds the site into a folder aside and then puts it in the place of dist, so that a failed
 * build leaves the last good one.
 * @param {{ quiet?: boolean }} [options]
 */
export async function build({ quiet = false } = {}) {
  const before = await fingerprint();
  const aside = inProject(`node_modules/.cache/workbench-build-${process.pid}`);
  try {
    const status = await run(
      process.execPath,
      [
        inProject('node_modules/vite/bin/vite.js'),
        'build',
        ...['--outDir', aside, '--emptyOutDir'],
        ...['--logLevel', quiet ? 'error' : 'info'],
      ],
      // Whoever builds, tests too: what is served is what users get.
      { cwd: root, stdio: ['ignore', 2, 2], env: { NODE_ENV: 'production' } },
    );
    if (status !== 0) throw new SetupError('The app could not be built; the reason stands above.');
    await writeFile(join(aside, stamp), before);
    await rm(dist, { recursive: true, force: true });
    await rename(aside, dist);
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
}

/** A hash over the names and contents of all sources; tests are none. */
async function fingerprint() {
  const hash = createHash('sha256');
  for (const source of sources) {
    for (const path of await filesUnder(inProject(source))) {
      hash.update(path.slice(root.length)).update('\0');
      hash.update(await readFile(path)).update('\0');
    }
  }
  return hash.digest('hex');
}

/** @param {string} path @returns {Promise<string[]>} */
async function filesUnder(path) {
  const entries = await readdir(path, { withFileTypes: true }).catch(() => undefined);
  if (!entries) return [path];
  const sorted = entries
    .filter(({ name }) => !name.includes('.test.') && !name.startsWith('.') && name !== 'generated')
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const nested = await Promise.all(
    sorted.map((entry) => {
      const child = join(path, entry.name);
      return entry.isDirectory() ? filesUnder(child) : [child];
    }),
  );
  return nested.flat();
}

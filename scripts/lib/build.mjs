import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fingerprint } from './fingerprint.mjs';
import { inProject, root } from './paths.mjs';
import { replaceFolder } from './replaceFolder.mjs';
import { run } from './run.mjs';
import { SetupError, say } from './say.mjs';

const dist = inProject('dist');
const stamp = '.sources';

/** Builds the site unless dist was built from the very sources that are there now. */
export async function ensureBuild() {
  const built = await readFile(join(dist, stamp), 'utf8').catch(() => '');
  if (built === (await fingerprint(root))) return;
  say('Building the app ...');
  await build({ quiet: true });
}

/**
 * Builds the site into a folder beside dist, on the same file system, and then puts it in the place of
 * dist, so that a failed build leaves the last good one.
 * @param {{ quiet?: boolean }} [options]
 */
export async function build({ quiet = false } = {}) {
  const before = await fingerprint(root);
  await removeLeftovers();
  const aside = `${dist}.new-${process.pid}`;
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
    await replaceFolder(dist, aside).catch((error) => {
      throw new SetupError(`The built app cannot be put in its place: ${error.message}`);
    });
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
}

/** What builds left that were ended in the middle. */
async function removeLeftovers() {
  for (const name of await readdir(root)) {
    const pid = /^dist[.](?:new|old)-(\d+)$/.exec(name)?.[1];
    if (pid === undefined || isRunning(Number(pid))) continue;
    await rm(join(root, name), { recursive: true, force: true });
  }
}

/** @param {number} pid */
function isRunning(pid) {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // One of another user's is running too.
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
  }
}

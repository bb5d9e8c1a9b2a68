import { readFile } from 'node:fs/promises';
import { missingPackages } from '../../scripts/lib/ensurePackages.mjs';
import { npmCommand } from '../../scripts/lib/npm.mjs';
import { inProject } from '../../scripts/lib/paths.mjs';
import { run } from '../../scripts/lib/run.mjs';
import { SetupError, say } from '../../scripts/lib/say.mjs';

/**
 * The packages that only benchmarks need stand in bench/package.json, so that the app's own
 * installation stays small; they are installed when a benchmark first runs.
 */

const folder = inProject('bench');

export async function ensureBenchPackages() {
  const locked = await readJson('bench/package-lock.json');
  const installed = await readJson('bench/node_modules/.package-lock.json');
  if (missingPackages(locked, installed, { dev: false }).length === 0) return;
  say("Installing the benchmarks' own packages (about 140 MB, once) ...");
  const status = await runNpm(['ci', '--loglevel=error']);
  if (status !== 0) {
    throw new SetupError(
      `The packages could not be installed ("npm ci" in ${folder} ended with status ${status}). ` +
        'Check the network connection and run the command again.',
    );
  }
}

/** @param {'@jax-js/jax' | 'webgpu'} name @returns {Promise<string>} its version */
export async function versionOf(name) {
  const { version } = await readJson(`bench/node_modules/${name}/package.json`);
  return version ?? 'of an unknown version';
}

/** @param {string} path */
async function readJson(path) {
  try {
    return JSON.parse(await readFile(inProject(path), 'utf8'));
  } catch {
    return {};
  }
}

/** Runs the npm that runs us, or the one on the path. @param {readonly string[]} args */
function runNpm(args) {
  // What npm prints belongs to standard error.
  const stdio = /** @type {import('node:child_process').StdioOptions} */ ([
    'inherit',
    2,
    'inherit',
  ]);
  // An npm that runs us has told us its folder, which is not this one.
  const options = { cwd: folder, stdio, env: { npm_config_local_prefix: undefined } };
  const npm = npmCommand(process.env, process);
  return run(npm.program, [...npm.args, ...args], options);
}

import { readFile } from 'node:fs/promises';
import { missingPackages } from '../../scripts/lib/ensurePackages.mjs';
import { npmCommand } from '../../scripts/lib/npm.mjs';
import { inProject } from '../../scripts/lib/paths.mjs';
import { run } from '../../scripts/lib/run.mjs';
import { SetupError, say } from '../../scripts/lib/say.mjs';

/**
 * What only one contestant, host or test of exported files needs is a package of its own, which is installed
 * when that one first takes part; so the app's installation stays small, and a benchmark's too.
 */

const optional = {
  jax: { folder: 'bench/contestants/jax', name: '@jax-js/jax', size: '2 MB' },
  onnxruntime: { folder: 'interop/onnxruntime', name: 'onnxruntime-web', size: '150 MB' },
  dawn: { folder: 'bench/hosts/dawn', name: 'webgpu', size: '130 MB' },
};

/** @typedef {keyof typeof optional} OptionalPackage */

/** @param {OptionalPackage} which */
export async function ensureOptional(which) {
  const { folder, name, size } = optional[which];
  if (await isInstalled(which)) return;
  say(`Installing ${name} (about ${size}, once) ...`);
  const status = await runNpm(inProject(folder), ['ci', '--loglevel=error']);
  if (status !== 0) {
    throw new SetupError(
      `${name} could not be installed ("npm ci" in ${folder} ended with status ${status}). ` +
        'Check the network connection and run the command again.',
    );
  }
}

/** @param {OptionalPackage} which */
export async function isInstalled(which) {
  const { folder } = optional[which];
  const locked = await readJson(`${folder}/package-lock.json`);
  const installed = await readJson(`${folder}/node_modules/.package-lock.json`);
  return missingPackages(locked, installed, { dev: false }).length === 0;
}

/** Undefined where it is not installed. @param {OptionalPackage} which @returns {Promise<string | undefined>} */
export async function versionOf(which) {
  const { folder, name } = optional[which];
  return (await readJson(`${folder}/node_modules/${name}/package.json`)).version;
}

/** @param {string} path */
async function readJson(path) {
  try {
    return JSON.parse(await readFile(inProject(path), 'utf8'));
  } catch {
    return {};
  }
}

/** Runs the npm that runs us, or the one on the path. @param {string} cwd @param {readonly string[]} args */
function runNpm(cwd, args) {
  // What npm prints belongs to standard error.
  const stdio = /** @type {import('node:child_process').StdioOptions} */ ([
    'inherit',
    2,
    'inherit',
  ]);
  // An npm that runs us has told us its folder, which is not this one.
  const options = { cwd, stdio, env: { npm_config_local_prefix: undefined } };
  const npm = npmCommand(process.env, process);
  return run(npm.program, [...npm.args, ...args], options);
}

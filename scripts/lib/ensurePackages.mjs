import { readFile } from 'node:fs/promises';
import { npmCommand } from './npm.mjs';
import { inProject, root } from './paths.mjs';
import { run } from './run.mjs';
import { SetupError, say } from './say.mjs';

/**
 * @typedef {object} LockedPackage
 * @property {string} [version]
 * @property {string} [integrity]
 * @property {boolean} [dev] needed for development alone
 * @property {boolean} [devOptional]
 * @property {boolean} [optional] may be absent, as builds for other systems are
 */

/** @typedef {{ packages?: Record<string, LockedPackage> }} Lockfile */

/**
 * Installs what the lockfile asks for and node_modules lacks. What is installed is compared with
 * what is locked, package by package, so nothing is done where nothing is missing.
 * @param {{ dev: boolean }} options with the packages that only development needs, or without
 */
export async function ensurePackages({ dev }) {
  const locked = await readLockfile(inProject('package-lock.json'));
  const installed = await readLockfile(inProject('node_modules/.package-lock.json'));
  if (missingPackages(locked, installed, { dev }).length === 0) return;

  const withDev = dev || hasDevPackages(installed);
  say(
    `Installing packages (${withDev ? 'for development, about 700 MB' : 'about 400 MB'}, once) ...`,
  );
  const status = await runNpm(['ci', ...(withDev ? [] : ['--omit=dev']), '--loglevel=error']);
  if (status !== 0) {
    throw new SetupError(
      `The packages could not be installed ("npm ci" ended with status ${status}). ` +
        'Check the network connection and run the command again.',
    );
  }
}

/**
 * Names the packages that are locked but absent, or there in another version.
 * @param {Lockfile} locked
 * @param {Lockfile} installed
 * @param {{ dev: boolean }} options
 */
export function missingPackages(locked, installed, { dev }) {
  const there = installed.packages ?? {};
  return Object.entries(locked.packages ?? {})
    .filter(([path, entry]) => path !== '' && isNeeded(entry, dev))
    .filter(([path, entry]) => !isSame(entry, there[path]))
    .map(([path]) => path);
}

/** @param {LockedPackage} entry @param {boolean} dev */
function isNeeded(entry, dev) {
  if (entry.optional || entry.devOptional) return false;
  return dev || !entry.dev;
}

/** @param {LockedPackage} locked @param {LockedPackage | undefined} installed */
function isSame(locked, installed) {
  return installed?.version === locked.version && installed?.integrity === locked.integrity;
}

/** A developer's tools are not thrown out by `npm start`. @param {Lockfile} installed */
function hasDevPackages(installed) {
  return Object.values(installed.packages ?? {}).some((entry) => entry.dev);
}

/** @param {string} path @returns {Promise<Lockfile>} */
async function readLockfile(path) {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch {
    return {};
  }
}

/** @param {readonly string[]} args */
function runNpm(args) {
  const npm = npmCommand(process.env, process);
  // What npm prints belongs to standard error too.
  return run(npm.program, [...npm.args, ...args], { cwd: root, stdio: ['inherit', 2, 'inherit'] });
}

import { readFile } from 'node:fs/promises';
import { knownInstallScripts } from './installScripts.mjs';
import { readLockfile } from './lockfile.mjs';
import { inProject } from './paths.mjs';

/** What is asked of the packages of a folder, so that the same bytes come every time and run nothing. */

const exactVersion = /^\d+\.\d+\.\d+(-[\w.]+)?$/;
const strongHash = /^sha512-[A-Za-z0-9+/]{86}==$/;
const settingsAsked = [
  'ignore-scripts=true',
  'save-exact=true',
  'omit-lockfile-registry-resolved=true',
];
/** What npm runs of a package that it installs. */
const installScripts = ['preinstall', 'install', 'postinstall'];

/**
 * @typedef {object} SupplyChain
 * @property {Record<string, string>} direct what package.json asks for, with the version
 * @property {import('./lockfile.mjs').LockedPackages} packages
 * @property {readonly string[]} settings the lines of .npmrc
 * @property {readonly string[]} installed places whose own package.json has an install script
 * @property {Readonly<Record<string, string>>} known install scripts, by place
 */

/** @param {string} folder of a package.json, as `bench/` @returns {Promise<SupplyChain>} */
export async function readSupplyChain(folder) {
  const manifest = JSON.parse(await readFile(inProject(`${folder}package.json`), 'utf8'));
  const packages = await readLockfile(`${folder}package-lock.json`);
  const scripted = await Promise.all(
    Object.keys(packages).map(async (place) =>
      place !== '' && (await hasInstallScript(`${folder}${place}`)) ? [place] : [],
    ),
  );
  return {
    direct: { ...manifest.dependencies, ...manifest.devDependencies },
    packages,
    settings: (await readFile(inProject(`${folder}.npmrc`), 'utf8')).split(/\r?\n/),
    installed: scripted.flat(),
    known: knownInstallScripts[folder] ?? {},
  };
}

/** A registry may leave the mark out of the lockfile; the package itself cannot. @param {string} folder */
async function hasInstallScript(folder) {
  const text = await readFile(inProject(`${folder}/package.json`), 'utf8').catch(() => '{}');
  const { scripts = {} } = JSON.parse(text);
  return installScripts.some((name) => Object.hasOwn(scripts, name));
}

/**
 * What is wrong, in words; nothing where all holds.
 * @param {SupplyChain} chain
 * @returns {string[]}
 */
export function supplyChainProblems({ direct, packages, settings, installed, known }) {
  const { '': project, ...others } = packages;
  const asked = { ...project?.dependencies, ...project?.devDependencies };
  const entries = Object.entries(others);
  const wouldRun = entries.filter(([, { hasInstallScript }]) => hasInstallScript);
  const scripted = new Set([...wouldRun.map(([place]) => place), ...installed]);
  return [
    ...Object.entries(direct).flatMap(([name, version]) => [
      ...(exactVersion.test(version) ? [] : [`${name} is not pinned: ${version}`]),
      ...(asked[name] === version && others[`node_modules/${name}`]?.version === version
        ? []
        : [`${name} is locked in another version than ${version}`]),
    ]),
    ...Object.keys(asked)
      .filter((name) => direct[name] === undefined)
      .map((name) => `${name} is locked and not asked for`),
    ...entries.flatMap(([place, { integrity, resolved }]) => [
      ...(strongHash.test(integrity ?? '') ? [] : [`${place} has no SHA-512 hash`]),
      ...(resolved === undefined ? [] : [`${place} names where it comes from: ${resolved}`]),
    ]),
    ...[...scripted]
      .filter((place) => known[place] === undefined)
      .map((place) => `${place} has an install script that nobody looked at`),
    ...Object.keys(known)
      .filter((place) => others[place] === undefined)
      .map((place) => `${place} is listed for its install script and not locked`),
    ...settingsAsked
      .filter((line) => !settings.includes(line))
      .map((line) => `.npmrc does not say ${line}`),
  ];
}

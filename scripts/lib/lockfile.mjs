import { readFile } from 'node:fs/promises';
import { inProject } from './paths.mjs';

/**
 * What package-lock.json says of one package.
 * @typedef {object} LockedPackage
 * @property {string} [name] where it is not the last part of its place
 * @property {string} version
 * @property {string} [integrity]
 * @property {string} [resolved]
 * @property {string} [license]
 * @property {boolean} [dev] whether only development needs it
 * @property {boolean} [hasInstallScript]
 * @property {Record<string, string>} [dependencies]
 * @property {Record<string, string>} [devDependencies]
 * @property {Record<string, string>} [optionalDependencies]
 * @property {Record<string, string>} [peerDependencies]
 */

/** Every package by its place, the project itself under `''`. @typedef {Record<string, LockedPackage>} LockedPackages */

/** @param {string} [path] @returns {Promise<LockedPackages>} */
export async function readLockfile(path = 'package-lock.json') {
  return JSON.parse(await readFile(inProject(path), 'utf8')).packages;
}

/** @param {string} place @param {LockedPackage} locked */
export function nameOf(place, { name }) {
  return name ?? place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length);
}

/**
 * Where Node finds a package that another one asks for: in its own folder, or in one above.
 * @param {LockedPackages} packages
 * @param {string} from the place of who asks
 * @param {string} name
 */
export function resolvePlace(packages, from, name) {
  for (let folder = from; ; folder = folder.slice(0, folder.lastIndexOf('/node_modules/'))) {
    const place = `${folder === '' ? '' : `${folder}/`}node_modules/${name}`;
    if (packages[place]) return place;
    if (folder === '') return undefined;
    if (!folder.includes('/node_modules/')) folder = '/node_modules/';
  }
}

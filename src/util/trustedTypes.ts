/**
 * The one Trusted Types policy, which the site's Content Security Policy names: what may become
 * script in a page or worker that imports this module. Made for its effect, before the first
 * worker is started.
 *
 * - A script is a built file of this site: a worker beside this very file, or the service worker; or a text
 *   that was made here and does nothing but import one.
 * - Text is set as HTML only where it has no `<`, so that no element comes of it. Mantine does so
 *   with the rules of its `<style>` elements.
 * - Text never becomes code.
 */

/** As far as it is used here; TypeScript's library does not have it yet. */
interface TrustedTypes {
  readonly defaultPolicy: unknown;
  createPolicy(name: string, rules: Record<string, (text: string) => string | null>): unknown;
}

const assetsUrl = import.meta.url.replace(/[^/]*$/, '');
const serviceWorkerUrl = new URL('../serviceWorker.js', assetsUrl).href;

/** Each gives the text that may pass, or null where it may not. */
const rules = {
  createScriptURL: (text: string) => (isBuiltScript(text) ? text : null),
  createHTML: (text: string) => (text.includes('<') ? null : text),
};

/** In a worker that was made of text, nothing is relative to its address. */
const baseUrl = location.protocol === 'blob:' ? import.meta.url : location.href;
/** Addresses of texts that import a built script, by that of the script. */
const importers = new Map<string, string>();

function isBuiltScript(text: string): boolean {
  const { href } = new URL(text, baseUrl);
  const isOurs = href.startsWith(assetsUrl) || href === serviceWorkerUrl;
  return isOurs || [...importers.values()].includes(href.replace(/#.*/, ''));
}

/**
 * The address of a text that imports a built script. A worker has the policy that came with its script: none where
 * the host sends none. One that begins with a text of who starts it has theirs, on every host.
 */
export function importerOf(scriptUrl: string): string {
  const { href } = new URL(scriptUrl, baseUrl);
  const text = `import ${JSON.stringify(href)};`;
  const importer =
    importers.get(href) ?? URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));
  importers.set(href, importer);
  // So that lists of workers tell what they are.
  return `${importer}#${href.replace(/^.*[/]/, '')}`;
}

const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
if (trustedTypes && !trustedTypes.defaultPolicy) trustedTypes.createPolicy('default', rules);

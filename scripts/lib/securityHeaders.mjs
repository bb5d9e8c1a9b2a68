/**
 * The headers that every answer of our servers carries, in one place for the server of the built
 * site, for its service worker and for the development server.
 */

/** @typedef {Record<string, readonly string[]>} Policy */

/**
 * Everything comes from this origin. Requests may go to others, but only encrypted ones, and only for
 * data sets whose address the user typed or agreed to: src/worker/data/fetchAddress.ts is the one place that
 * makes any. @type {Policy}
 */
const ownOriginOnly = {
  'default-src': ["'self'"],
  // The page compiles WebAssembly, and no text becomes JavaScript.
  'script-src': ["'self'", "'wasm-unsafe-eval'"],
  // Texts that import a file of ours (src/util/trustedTypes.ts): such a worker has the policy of its page.
  'worker-src': ["'self'", 'blob:'],
  'connect-src': ["'self'", 'https:'],
  // Canvases are shown as blobs, icons of controls as data.
  'img-src': ["'self'", 'blob:', 'data:'],
  // Mantine and Recharts set style attributes and a style element.
  'style-src': ["'self'", "'unsafe-inline'"],
  'object-src': ["'none'"],
  'base-uri': ["'none'"],
  'frame-ancestors': ["'none'"],
  'form-action': ["'none'"],
};

/**
 * And no text becomes a script's address or markup but by the rules of the one policy that
 * src/util/trustedTypes.ts makes. @type {Policy}
 */
const contentSecurityPolicy = {
  ...ownOriginOnly,
  'require-trusted-types-for': ["'script'"],
  'trusted-types': ['default'],
};

/**
 * While developing, Vite's React plugin puts an inline script into the page (the hot reloader's
 * preamble) and Vite talks to the page over a web socket; Vite's overlay of errors is markup.
 * @type {Policy}
 */
const developmentPolicy = {
  ...ownOriginOnly,
  'script-src': ["'self'", "'wasm-unsafe-eval'", "'unsafe-inline'"],
  'connect-src': ["'self'", 'https:', 'ws:'],
};

/** The first two make the page cross-origin isolated: shared memory and precise timers. */
export const isolationHeaders = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
};

/** @type {Record<string, string>} */
export const securityHeaders = {
  ...isolationHeaders,
  'Content-Security-Policy': policyText(contentSecurityPolicy),
};

/** @type {Record<string, string>} */
export const developmentHeaders = {
  ...isolationHeaders,
  'Content-Security-Policy': policyText(developmentPolicy),
};

/** What a meta element may say of the policy, for hosts that send no headers. */
export const metaPolicy = policyText(
  Object.fromEntries(
    Object.entries(contentSecurityPolicy).filter(([directive]) => directive !== 'frame-ancestors'),
  ),
);

/** @param {Policy} policy */
function policyText(policy) {
  return Object.entries(policy)
    .map(([directive, sources]) => `${directive} ${sources.join(' ')}`)
    .join('; ');
}

/**
 * What pages and the service worker tell each other. Each page and each service worker belongs to
 * one version of the site, a hash over the built files that `scripts/lib/offlineSite.mjs` writes
 * into both.
 */
export type SiteOrder =
  /** Another page of the site has opened, and holds the lock of its version. */
  | { readonly type: 'opened' }
  /** Answered with the worker's version on the port that comes along. */
  | { readonly type: 'version' }
  /** The worker that waits takes the place of the one before it. */
  | { readonly type: 'takeOver' }
  /** The page has loaded MNIST, so that it should be there offline too. */
  | { readonly type: 'keepMnist' };

/** The name of the page's meta element that has its version. */
export const versionMeta = 'workbench-version';

/**
 * The cache that has the files of a version of the site at an address. A page holds a shared Web
 * Lock of the same name as long as it lives: a cache whose lock nobody holds may be deleted.
 */
export function cacheName(siteUrl: string, version: string): string {
  return `${cachePrefix(siteUrl)}${version}`;
}

/** How the names of all caches of this site begin; one host may have several sites. */
export function cachePrefix(siteUrl: string): string {
  return `workbench ${siteUrl} `;
}

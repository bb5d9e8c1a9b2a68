/**
 * What all that one deployment of this app keeps in a browser is named by: databases, locks, channels and
 * keys of localStorage. Several deployments may share an origin, as `/a/` and `/b/` of one host.
 */
export const FIRST_SITE = 'alexnet-workbench';

/** Which deployment the names without a path belong to. */
export const OWNER_KEY = `${FIRST_SITE}:site`;

/**
 * The first deployment that asks has the names without a path, under which everything was kept before
 * there were several; every other one has its path in them.
 * @param memory where the first one is noted; without it nothing is kept anyway
 */
export function siteNameOf(
  baseUrl: string,
  memory: Pick<Storage, 'getItem' | 'setItem'> | undefined,
): string {
  const path = new URL('.', baseUrl).pathname;
  try {
    const owner = memory?.getItem(OWNER_KEY) ?? undefined;
    if (owner === undefined) memory?.setItem(OWNER_KEY, path);
    return owner === undefined || owner === path ? FIRST_SITE : `${FIRST_SITE}:${path}`;
  } catch {
    return FIRST_SITE;
  }
}

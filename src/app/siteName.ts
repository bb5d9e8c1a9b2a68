import { siteNameOf } from '../util/siteName.ts';

let known: string | undefined;

/** By what this page names all that it keeps in the browser. */
export function siteName(): string {
  known ??= siteNameOf(document.baseURI, storageIfAny());
  return known;
}

/** Reading the property itself is refused where the browser denies storage. */
function storageIfAny(): Storage | undefined {
  try {
    return localStorage;
  } catch {
    return undefined;
  }
}

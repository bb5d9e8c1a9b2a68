import { siteName } from '../siteName.ts';

/** Remembers in this browser that the question was put. */
const askedKey = () => `${siteName()}:persistence-asked`;

/**
 * Asks the browser, once and for all, not to clear what the page stores when the disk is full. Some
 * browsers put the question to the user, so it comes with a command that makes something to keep.
 */
export async function askForPersistenceOnce(): Promise<boolean | undefined> {
  if (!navigator.userActivation?.isActive || !navigator.storage?.persist) return undefined;
  try {
    if (localStorage.getItem(askedKey()) !== null) return undefined;
    localStorage.setItem(askedKey(), new Date().toISOString());
  } catch {
    // Where nothing can be remembered the question would come again and again.
    return undefined;
  }
  return askForPersistence();
}

/** Asks for the same whenever the user wants it. Where nobody can be asked, nothing is promised. */
export async function askForPersistence(): Promise<boolean> {
  return (await navigator.storage?.persist?.()) ?? false;
}

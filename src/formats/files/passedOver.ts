import type { ReadingContext } from '../dataset/readingContext.ts';

/** What systems and sites leave beside data; none of it is a part of a data set, and nobody misses it. */
const LEFT_BESIDE =
  /(^|[/\\])([.][^/\\]*|Thumbs[.]db|desktop[.]ini|[^/\\]*submission[^/\\]*[.]csv|(readme|licen[cs]e)([.][a-z]+)?)$/i;
/** Folders that programs keep for themselves, wherever they stand in a path. */
const OF_SYSTEMS = /^(__MACOSX|@eaDir|\$RECYCLE[.]BIN|System Volume Information|__pycache__)$/i;

/** Files and folders that are no data, and how many of which kind were met. */
export class PassedOver {
  private readonly folders = new Map<string, number>();

  /** Whether a file of this name is none that anybody means. */
  passes(name: string): boolean {
    const folders = name.split(/[/\\]/).slice(0, -1);
    if (folders.some((folder) => OF_SYSTEMS.test(folder))) return true;
    const hidden = folders.find((folder) => /^[.][^.]/.test(folder));
    if (hidden !== undefined) this.folders.set(hidden, (this.folders.get(hidden) ?? 0) + 1);
    return hidden !== undefined || LEFT_BESIDE.test(name);
  }

  /** Of hidden folders, for one may have been meant; what systems leave is no news. */
  tell(assume: ReadingContext['assume']): void {
    for (const [folder, count] of this.folders) assume({ kind: 'folderHidden', folder, count });
  }
}

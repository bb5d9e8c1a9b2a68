import { notePath } from '../../app/uploads.ts';
import { WorkbenchError } from '../../util/errors.ts';

/** What a hand holds over the page, has dropped, pasted or chosen. Folders are not looked into yet. */
export interface Held {
  readonly files: readonly File[];
  readonly folders: readonly FileSystemDirectoryEntry[];
}

/** More than a person wants to bring at once, and as many as the worker is sent. */
export const MOST_FILES = 100_000;

/** Of a drop or a paste; to be asked within its event, after which the browser takes it away. */
export function heldBy(transfer: DataTransfer): Held {
  const files: File[] = [];
  const folders: FileSystemDirectoryEntry[] = [];
  for (const item of transfer.items) {
    if (item.kind !== 'file') continue;
    const entry = item.webkitGetAsEntry();
    if (isFolder(entry)) folders.push(entry);
    else {
      const file = item.getAsFile();
      if (file) files.push(file);
    }
  }
  return { files, folders };
}

export function isEmpty({ files, folders }: Held): boolean {
  return files.length + folders.length === 0;
}

/** All files, those within the folders too, each with its path. */
export async function filesOf({ files, folders }: Held): Promise<readonly File[]> {
  const found = [...files];
  const unread = [...folders];
  for (let folder = unread.pop(); folder; folder = unread.pop()) {
    for (const entry of await entriesOf(folder)) {
      if (isFolder(entry)) unread.push(entry);
      else if (entry.isFile) found.push(await fileOf(entry as FileSystemFileEntry));
      if (found.length + unread.length > MOST_FILES) {
        const { fullPath } = folder;
        throw new WorkbenchError('files.tooMany', { folder: fullPath, most: MOST_FILES });
      }
    }
  }
  return found;
}

async function entriesOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  // The browser gives some hundred at a time, and none at the end.
  for (;;) {
    const some = await readable(
      folder,
      () =>
        new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject)),
    );
    if (some.length === 0) return all;
    all.push(...some);
    if (all.length > MOST_FILES) return all;
  }
}

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return readable(entry, async () => {
    const file = await new Promise<File>((resolve, reject) => entry.file(resolve, reject));
    notePath(file, entry.fullPath);
    return file;
  });
}

/** What was moved or is forbidden is refused by its name. */
async function readable<T>(entry: FileSystemEntry, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch {
    throw new WorkbenchError('dataset.unreadable', { file: entry.fullPath });
  }
}

/** Null where no desktop stands behind it: a picture from another program. */
function isFolder(entry: FileSystemEntry | null): entry is FileSystemDirectoryEntry {
  return entry?.isDirectory ?? false;
}

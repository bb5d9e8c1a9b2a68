import type { DatasetUpload } from '../protocol/protocol.ts';

/** Where the files of dropped folders lie within them: the browser tells it beside the file. */
const paths = new WeakMap<File, string>();

export function notePath(file: File, path: string): void {
  paths.set(file, path);
}

/**
 * Files with as much of their path as the browser tells: `webkitRelativePath` of a chosen folder, and
 * what was noted of a dropped one. Posted to a worker, a file keeps neither.
 */
export function uploadsOf(files: readonly File[]): DatasetUpload[] {
  return files.map((file) => ({ name: pathOf(file), blob: file }));
}

function pathOf(file: File): string {
  const path = file.webkitRelativePath || (paths.get(file) ?? file.name);
  return path.replace(/^[./\\]+/, '') || file.name;
}

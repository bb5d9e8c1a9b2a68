import type { DatasetUpload } from '../protocol/protocol.ts';

/**
 * Files with as much of their path as the browser tells: `webkitRelativePath` of a chosen folder, and
 * `path` that the drop field notes of a dropped one. Posted to a worker, a file keeps neither.
 */
export function uploadsOf(files: readonly File[]): DatasetUpload[] {
  return files.map((file) => ({ name: pathOf(file), blob: file }));
}

function pathOf(file: File): string {
  const dropped: unknown = Reflect.get(file, 'path');
  const path = file.webkitRelativePath || (typeof dropped === 'string' ? dropped : file.name);
  return path.replace(/^[./\\]+/, '') || file.name;
}

import { idxKind } from '../domain/idx.ts';
import type { LabelTables } from './labelTables.ts';

interface IdxFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** The files of images with labels from tables, as files of labels, where there are none of these. */
export function labelledIdx(
  files: readonly IdxFile[],
  tables: LabelTables | undefined,
): readonly IdxFile[] {
  if (!tables || files.some(({ bytes }) => idxKind(bytes) === 'labels')) return files;
  const found = files.flatMap(({ name, bytes }) => {
    const count = new DataView(bytes.buffer, bytes.byteOffset).getUint32(4);
    const labels = tables.take(name, count);
    return labels ? [{ name: labels.file, bytes: labelsFile(labels.labels) }] : [];
  });
  tables.tellLeft();
  return [...files, ...found];
}

function labelsFile(labels: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(8 + labels.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, 0x801);
  view.setUint32(4, labels.length);
  bytes.set(labels, 8);
  return bytes;
}

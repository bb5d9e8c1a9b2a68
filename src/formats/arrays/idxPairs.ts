import { idxKind } from '../../domain/data/idx.ts';
import { WorkbenchError } from '../../util/errors.ts';
import { byRole } from '../dataset/roles.ts';

/** A file, inflated. */
interface IdxFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

export interface IdxPair {
  readonly images: IdxFile;
  /** None where a table may have them. */
  readonly labels?: IdxFile;
}

/**
 * Finds out which file is which. Images and labels are told apart by their first bytes, training
 * and testing by their names, else by their sizes: the longer files are for training, and come first.
 */
export function pairUp(files: readonly IdxFile[], hasTables: boolean): readonly IdxPair[] {
  const images = files.filter(({ bytes }) => idxKind(bytes) === 'images');
  const labels = files.filter(({ bytes }) => idxKind(bytes) === 'labels');
  const stranger = files.find(({ bytes }) => idxKind(bytes) === undefined);
  if (stranger) throw strangerError(stranger);
  const isLabelled = labels.length > 0 || !hasTables;
  const isWhole = isLabelled ? labels.length === images.length : images.length > 0;
  if (!isWhole || (images.length !== 1 && images.length !== 2)) {
    const received = files.map(({ name }) => name).join(', ') || '0';
    throw new WorkbenchError('dataset.files', { files: received });
  }
  const [imagesInOrder, labelsInOrder] = [inOrder(images), inOrder(labels)];
  return imagesInOrder.map((image, i) => {
    const label = labelsInOrder[i];
    return label ? { images: image, labels: label } : { images: image };
  });
}

/** Of two the one for training first. */
function inOrder(files: readonly IdxFile[]): readonly IdxFile[] {
  if (files.length < 2) return files;
  const { train, test } = byRole(files, ({ bytes }) => bytes.length);
  return [train, test];
}

function strangerError({ name: file, bytes }: IdxFile): WorkbenchError {
  const rank = 3;
  const magic = Array.from(bytes.subarray(0, 4), (byte) => byte.toString(16).padStart(2, '0'));
  return new WorkbenchError('idx.magic', { file, magic: magic.join('') || '0', rank });
}

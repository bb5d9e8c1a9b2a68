import { idxKind } from '../domain/idx.ts';
import { at } from '../util/assert.ts';
import { WorkbenchError } from '../util/errors.ts';
import { byRole } from './roles.ts';

/** A file, inflated. */
interface IdxFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

export interface IdxPair {
  readonly images: IdxFile;
  readonly labels: IdxFile;
}

export interface IdxPairs {
  readonly train: IdxPair;
  readonly test?: IdxPair;
}

/**
 * Finds out which file is which. Images and labels are told apart by their first bytes, training
 * and testing by their names, else by their sizes: the longer files are for training.
 */
export function pairUp(files: readonly IdxFile[]): IdxPairs {
  const images = files.filter(({ bytes }) => idxKind(bytes) === 'images');
  const labels = files.filter(({ bytes }) => idxKind(bytes) === 'labels');
  const stranger = files.find(({ bytes }) => idxKind(bytes) === undefined);
  if (stranger) throw strangerError(stranger);
  const one = images.length === 1 && labels.length === 1;
  const two = images.length === 2 && labels.length === 2;
  if (one) return { train: { images: at(images, 0), labels: at(labels, 0) } };
  if (!two) {
    const received = files.map(({ name }) => name).join(', ') || '0';
    throw new WorkbenchError('dataset.files', { files: received });
  }
  const sizeOf = ({ bytes }: IdxFile) => bytes.length;
  const [image, label] = [byRole(images, sizeOf), byRole(labels, sizeOf)];
  return {
    train: { images: image.train, labels: label.train },
    test: { images: image.test, labels: label.test },
  };
}

function strangerError({ name: file, bytes }: IdxFile): WorkbenchError {
  const rank = 3;
  const magic = Array.from(bytes.subarray(0, 4), (byte) => byte.toString(16).padStart(2, '0'));
  return new WorkbenchError('idx.magic', { file, magic: magic.join('') || '0', rank });
}

import { idxKind } from '../domain/idx.ts';
import { at } from '../util/assert.ts';
import { WorkbenchError } from '../util/errors.ts';

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

type Role = 'train' | 'test';

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
  const [image, label] = [byRole(images), byRole(labels)];
  return {
    train: { images: image.train, labels: label.train },
    test: { images: image.test, labels: label.test },
  };
}

function byRole(two: readonly IdxFile[]): Record<Role, IdxFile> {
  const [a, b] = [at(two, 0), at(two, 1)];
  const [roleOfA, roleOfB] = [roleByName(a.name), roleByName(b.name)];
  const role = roleOfA ?? (roleOfB && other(roleOfB)) ?? roleBySize(a, b);
  if (role === undefined || (roleOfA && roleOfA === roleOfB)) {
    throw new WorkbenchError('dataset.ambiguous', { files: `${a.name}, ${b.name}` });
  }
  return role === 'train' ? { train: a, test: b } : { train: b, test: a };
}

const other = (role: Role): Role => (role === 'train' ? 'test' : 'train');

function roleByName(name: string): Role | undefined {
  const file = name.replace(/^.*[/\\]/, '');
  const train = /train/i.test(file);
  const test = /t10k|test/i.test(file);
  return train === test ? undefined : train ? 'train' : 'test';
}

function roleBySize(a: IdxFile, b: IdxFile): Role | undefined {
  if (a.bytes.length === b.bytes.length) return undefined;
  return a.bytes.length > b.bytes.length ? 'train' : 'test';
}

function strangerError({ name: file, bytes }: IdxFile): WorkbenchError {
  const rank = 3;
  const magic = Array.from(bytes.subarray(0, 4), (byte) => byte.toString(16).padStart(2, '0'));
  return new WorkbenchError('idx.magic', { file, magic: magic.join('') || '0', rank });
}

import { at } from '../../util/assert.ts';

/**
 * The classes of images, by their numbers: the one place that says how wide a label is. In memory every
 * label has 16 bits. What is kept and hashed is as narrow as its largest label, a byte each up to 255 and
 * two (little-endian) above, so that a set of few classes has the bytes and the identity that it always had.
 */
export type Labels = Uint16Array;

/** The classes of `count` images, each 0 at first. */
export const noLabels = (count: number): Labels => new Uint16Array(count);

export const labelsOf = (labels: Iterable<number>): Labels => Uint16Array.from(labels);

/** Of these indices, in their order. */
export const labelsAt = (labels: Labels, indices: Uint32Array): Labels =>
  Uint16Array.from(indices, (index) => at(labels, index));

/** The bytes of a label as it is kept. */
export type LabelWidth = 1 | 2;

/** How wide the labels of a set are kept, all of them alike. */
export function keptWidth(parts: readonly Labels[]): LabelWidth {
  return parts.some((labels) => labels.some((label) => label > 255)) ? 2 : 1;
}

export function packLabels(labels: Labels, width: LabelWidth): Uint8Array<ArrayBuffer> {
  if (width === 1) return Uint8Array.from(labels);
  const bytes = new Uint8Array(2 * labels.length);
  const view = new DataView(bytes.buffer);
  for (const [i, label] of labels.entries()) view.setUint16(2 * i, label, true);
  return bytes;
}

export function unpackLabels(bytes: Uint8Array, width: LabelWidth): Labels {
  if (width === 1) return labelsOf(bytes);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Uint16Array.from({ length: bytes.length / 2 }, (_, i) => view.getUint16(2 * i, true));
}

import { foreignKind, foreignPhrases } from '../../../domain/data/foreignFile.ts';
import { brightnessOf } from '../../../domain/pictures/brightness.ts';
import {
  isAsDeclared,
  limitsOf,
  mayBeDecoded,
  shrinking,
} from '../../../domain/pictures/largePicture.ts';
import { pictureHeader } from '../../../domain/pictures/pictureHeader.ts';
import type { Picture } from '../../../protocol/protocol.ts';
import { assert } from '../../../util/assert.ts';
import { WorkbenchError } from '../../../util/errors.ts';

/** A picture of the user: for the network, and as it is shown. */
export interface OpenedPicture {
  readonly picture: Picture;
  readonly canvas: HTMLCanvasElement;
}

/** The size stands near the beginning, behind colour profiles and thumbnails at most. */
const HEAD_BYTES = 1 << 20;
/** More than a digit needs; larger photographs are scaled down. */
const KEPT_SIDE = 1024;

/**
 * Reads a PNG or JPEG file. Where it is transparent, the paper is white. Whatever the browser cannot
 * read is refused: no picture, a folder, a file that was moved since.
 */
export async function openPicture(file: File): Promise<OpenedPicture> {
  try {
    return await readPicture(file);
  } catch (error) {
    if (error instanceof WorkbenchError) throw error;
    throw new WorkbenchError('picture.unreadable', { file: file.name });
  }
}

async function readPicture(file: File): Promise<OpenedPicture> {
  const name = file.name;
  const head = await file.slice(0, HEAD_BYTES).arrayBuffer();
  const header = pictureHeader(new Uint8Array(head));
  if (!header || header.width === 0 || header.height === 0) throw unreadable(name, head);
  const { kind, ...size } = header;
  if (!mayBeDecoded(header)) {
    throw new WorkbenchError('picture.tooLarge', { file: name, ...size, ...limitsOf(kind) });
  }
  const bitmap = await createImageBitmap(file, shrinking(size));
  if (!isAsDeclared(size, bitmap)) {
    bitmap.close();
    throw new WorkbenchError('picture.unreadable', { file: name });
  }
  const scale = Math.min(1, KEPT_SIDE / Math.max(bitmap.width, bitmap.height));
  const width = Math.max(1, Math.round(scale * bitmap.width));
  const height = Math.max(1, Math.round(scale * bitmap.height));

  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  assert(context, 'a canvas has a 2D context');
  context.fillStyle = 'white';
  context.fillRect(0, 0, width, height);
  context.imageSmoothingQuality = 'high';
  context.drawImage(bitmap, 0, 0, width, height);
  bitmap.close();
  const pixels = brightnessOf(context.getImageData(0, 0, width, height).data);
  return { picture: { name, width, height, pixels, ink: 'auto' }, canvas };
}

/** Says what it is instead, where that is known. */
function unreadable(file: string, head: ArrayBuffer): WorkbenchError {
  const kind = foreignKind(new Uint8Array(head));
  if (!kind) return new WorkbenchError('picture.unreadable', { file });
  const { what, step } = foreignPhrases(kind);
  return new WorkbenchError('files.foreign', { file, what: { code: what }, step: { code: step } });
}

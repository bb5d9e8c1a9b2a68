import type { Size } from '../../domain/pictures/imageSides.ts';
import { isAsDeclared, shrinking } from '../../domain/pictures/largePicture.ts';
import { assert } from '../../util/assert.ts';

/** A decoded picture as it is to be seen: `height * width * 4` bytes, red, green, blue, alpha. */
export interface DecodedPicture {
  readonly height: number;
  readonly width: number;
  readonly rgba: Uint8ClampedArray | Uint8Array;
}

/**
 * Rejects with anything where the bytes are no picture that it knows, or one of another size than their
 * header declared: that one was looked at before room was made for it.
 */
export type PictureDecoder = (
  bytes: Uint8Array<ArrayBuffer>,
  declared: Size,
) => Promise<DecodedPicture>;

/**
 * Decodes with what the browser has, in a page or a worker. Nothing is converted, so that an opaque
 * picture gives exactly the bytes that were encoded. A photograph is turned as its camera noted,
 * and decoded smaller where it has many megapixels.
 */
export function browserDecoder(): PictureDecoder {
  const canvas = new OffscreenCanvas(1, 1);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  assert(context, 'a canvas has a 2D context');
  return async (bytes, declared) => {
    const bitmap = await createImageBitmap(new Blob([bytes]), {
      colorSpaceConversion: 'none',
      imageOrientation: 'from-image',
      premultiplyAlpha: 'none',
      ...shrinking(declared),
    });
    const { width, height } = bitmap;
    if (!isAsDeclared(declared, bitmap)) {
      bitmap.close();
      throw new Error(`${width}x${height} pixels came out.`);
    }
    // Setting a side clears the canvas too, which for equal pictures one after another is for nothing.
    if (canvas.width !== width) canvas.width = width;
    if (canvas.height !== height) canvas.height = height;
    context.clearRect(0, 0, width, height);
    context.drawImage(bitmap, 0, 0);
    bitmap.close();
    return { width, height, rgba: context.getImageData(0, 0, width, height).data };
  };
}

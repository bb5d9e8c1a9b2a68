export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

/**
 * Width and height that a PNG or JPEG file declares, read without decoding it: a file of a few
 * kilobytes can declare a picture that no memory holds. Undefined where it is neither of the two.
 */
export function pictureSize(head: Uint8Array<ArrayBuffer>): PictureSize | undefined {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  return pngSize(view) ?? jpegSize(view);
}

const PNG_SIGNATURE = 0x89504e470d0a1a0an;
const IHDR = 0x49484452;

/** The signature, then at once the chunk IHDR, which begins with the size (ISO/IEC 15948). */
function pngSize(view: DataView): PictureSize | undefined {
  if (view.byteLength < 24 || view.getBigUint64(0) !== PNG_SIGNATURE) return undefined;
  if (view.getUint32(12) !== IHDR) return undefined;
  return { width: view.getUint32(16), height: view.getUint32(20) };
}

const START_OF_IMAGE = 0xffd8;
/** Markers between 0xC0 and 0xCF that begin no frame: Huffman tables, an extension, arithmetic. */
const NO_FRAMES: readonly number[] = [0xc4, 0xc8, 0xcc];

/** A chain of segments; that of the frame says the size (ITU-T T.81, B.1 and B.2.2). */
function jpegSize(view: DataView): PictureSize | undefined {
  if (view.byteLength < 4 || view.getUint16(0) !== START_OF_IMAGE) return undefined;
  let place = 2;
  while (place + 9 <= view.byteLength) {
    if (view.getUint8(place) !== 0xff) return undefined;
    const marker = view.getUint8(place + 1);
    if (marker === 0xff) {
      place++; // a fill byte
      continue;
    }
    if (marker >= 0xc0 && marker <= 0xcf && !NO_FRAMES.includes(marker)) {
      return { height: view.getUint16(place + 5), width: view.getUint16(place + 7) };
    }
    place += 2 + view.getUint16(place + 2);
  }
  return undefined;
}

import { describe, expect, it } from 'vitest';
import type { ImageShape } from '../../domain/architecture/architecture.ts';
import type { LabelledImages } from '../../domain/data/dataset.ts';
import { isAsDeclared } from '../../domain/pictures/largePicture.ts';
import { pictureSize } from '../../domain/pictures/pictureHeader.ts';
import { assert } from '../../util/assert.ts';
import { browserDecoder } from '../pictures/pictureDecoder.ts';
import { encodeGif } from '../testing/gifFile.ts';
import { encodePng } from '../testing/pictureFiles.ts';
import { blobs, everyForm } from '../testing/sameDataset.ts';
import { readDataset } from './readDataset.ts';

const shape = { height: 28, width: 28, channels: 1 };

function images(count: number): LabelledImages {
  const pixels = Uint8Array.from({ length: count * 784 }, (_, i) => (i * 7 + (i >> 8)) % 256);
  const labels = Uint16Array.from({ length: count }, (_, i) => i % 10);
  return { shape, count, pixels, labels };
}

async function hashOf(pixels: Uint8Array): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new Uint8Array(pixels));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

describe('in a browser, the same images', () => {
  it('are the same bytes from every kind of file, pictures too', async () => {
    const [train, test] = [images(500), images(20)];
    for (const [form, files] of Object.entries(everyForm({ train, test }))) {
      const read = await readDataset(files);
      expect(await hashOf(read.train.pixels), form).toBe(await hashOf(train.pixels));
      expect(read.train.labels, form).toEqual(train.labels);
      expect(await hashOf(read.test.pixels), form).toBe(await hashOf(test.pixels));
    }
  });
});

describe('the decoder of a browser', () => {
  const colours: ImageShape = { height: 256, width: 3, channels: 3 };
  const everyByte = Uint8Array.from({ length: 256 * 9 }, (_, i) => (i * 31) % 256);

  it('gives every byte of an opaque picture back', async () => {
    const { rgba, ...size } = await browserDecoder()(encodePng(colours, everyByte), colours);
    expect(size).toEqual({ height: 256, width: 3 });
    expect(rgba.filter((_, i) => i % 4 < 3)).toEqual(Uint8ClampedArray.from(everyByte));
  });

  it.each(['image/png', 'image/jpeg', 'image/webp'])('reads %s', async (type) => {
    expect((await decoded(await drawn(type, 'rgb(200 200 200)')))[0]).toBeCloseTo(200, -1);
  });

  it('reads GIF', async () => {
    expect((await decoded(encodeGif([2, 3], [0, 0, 2, 3])))[0]).toBe(255);
  });

  it.each([
    ['larger than', [0, 0, 400, 400], { width: 400, height: 400 }],
    ['beyond', [299, 9, 1, 1], { width: 300, height: 10 }],
  ] as const)(
    'knows how much a GIF becomes whose image is %s its screen',
    async (_, image, size) => {
      const bytes = encodeGif([1, 1], image);
      const bitmap = await createImageBitmap(new Blob([bytes]));
      expect(pictureSize(bytes)).toEqual(size);
      expect(isAsDeclared(size, bitmap)).toBe(true);
    },
  );

  it('refuses a picture of another size than it was looked at for', async () => {
    const bytes = encodeGif([1, 1], [0, 0, 400, 400]);
    await expect(browserDecoder()(bytes, { width: 1, height: 1 })).rejects.toThrow(/400x400/);
  });

  it('reads BMP', async () => {
    const bytes = new Uint8Array(58);
    const view = new DataView(bytes.buffer);
    bytes.set([0x42, 0x4d, 58]);
    for (const [place, value] of [
      [10, 54],
      [14, 40],
      [18, 1],
      [22, 1],
    ] as const) {
      view.setUint32(place, value, true);
    }
    bytes.set([1, 0, 24, 0], 26);
    bytes.set([30, 20, 10], 54);
    expect((await decoded(bytes)).slice(0, 3)).toEqual(Uint8ClampedArray.of(10, 20, 30));
  });

  it('keeps what is transparent so, one picture after another', async () => {
    const decode = browserDecoder();
    const size = { width: 16, height: 16 };
    await decode(await drawn('image/png', 'black'), size);
    const { rgba } = await decode(await drawn('image/png', 'rgb(0 0 0 / 0)'), size);
    expect(rgba[3]).toBe(0);
  });

  it.each([
    ['black', 255, 0],
    ['white', 0, 255],
  ])('lays %s ink on ground from which it stands out', async (ink, ground, stroke) => {
    const picture = async (x: number) => {
      const canvas = new OffscreenCanvas(16, 16);
      const context = canvas.getContext('2d');
      assert(context, 'a canvas has a 2D context');
      context.fillStyle = ink;
      context.fillRect(x, 4, 4, 8);
      return new Uint8Array(await (await canvas.convertToBlob()).arrayBuffer());
    };
    const files = { 'a/1.png': await picture(2), 'b/2.png': await picture(9) };
    const { train, assumptions = [] } = await readDataset(blobs(files));
    expect([train.pixels[0], train.pixels[5 * 16 + 3]]).toEqual([ground, stroke]);
    const isTold = assumptions.some(({ kind }) => kind === 'inkOnTransparent');
    expect(isTold).toBe(ink === 'white');
  });

  it('shows a photograph upright in each of the eight orientations', async () => {
    // Where each orientation has the corner that is upper left when upright (Exif 2.3, tag 0x0112).
    const stored = [
      ...[
        [1, 0, 0, 1],
        [-1, 0, 0, 1],
        [-1, 0, 0, -1],
        [1, 0, 0, -1],
      ],
      ...[
        [0, 1, 1, 0],
        [0, -1, 1, 0],
        [0, -1, -1, 0],
        [0, 1, -1, 0],
      ],
    ] as const;
    const files: Record<string, Uint8Array> = {};
    for (const [i, [a, b, c, d]] of stored.entries()) {
      const isSwapped = a === 0;
      const canvas = new OffscreenCanvas(isSwapped ? 48 : 64, isSwapped ? 64 : 48);
      const context = canvas.getContext('2d');
      assert(context, 'a canvas has a 2D context');
      // From upright places to stored ones: the inverse of what a viewer does.
      const [e, f] = [a + c < 0 ? canvas.width : 0, b + d < 0 ? canvas.height : 0];
      context.setTransform(a, b, c, d, e, f);
      context.fillStyle = 'black';
      context.fillRect(0, 0, 64, 48);
      context.fillStyle = 'white';
      context.fillRect(0, 0, 32, 16);
      const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: 1 });
      files[`${i % 2}/${i}.jpg`] = withOrientation(new Uint8Array(await blob.arrayBuffer()), i + 1);
    }
    const { train, assumptions = [] } = await readDataset(blobs(files));
    expect(train.shape).toEqual({ height: 48, width: 64, channels: 1 });
    expect(assumptions.map(({ kind }) => kind)).not.toContain('picturesResampled');
    for (let image = 0; image < 8; image++) {
      const at = (x: number, y: number) => train.pixels[image * 48 * 64 + y * 64 + x] ?? -1;
      const corners = [at(8, 4), at(56, 4), at(8, 44), at(56, 44)].map((value) => value > 127);
      expect(corners, `orientation ${image + 1}`).toEqual([true, false, false, false]);
    }
  });

  it.each([
    ['as it lies', 1, { width: 1024, height: 768 }, [0, 255, 0, 255]],
    ['turned as its camera noted', 6, { width: 1024, height: 1365 }, [0, 0, 255, 255]],
  ] as const)('of 20 megapixels is decoded smaller, %s', async (_, orientation, size, corners) => {
    const bytes = Uint8Array.from(withOrientation(await halves(5120, 3840), orientation));
    const declared = pictureSize(bytes);
    expect(declared).toEqual({ width: 5120, height: 3840 });
    assert(declared, 'it has a header');
    const { width, height, rgba } = await browserDecoder()(bytes, declared);
    expect(width).toBe(size.width);
    expect(Math.abs(height - size.height)).toBeLessThanOrEqual(1);
    const at = (x: number, y: number) => rgba[4 * (y * width + x)] ?? -1;
    const found = [at(9, 9), at(width - 9, 9), at(9, height - 9), at(width - 9, height - 9)];
    for (const [i, value] of found.entries()) {
      expect(Math.abs(value - (corners[i] ?? 0))).toBeLessThan(8);
    }
  });

  it('is asked for no picture that is none', async () => {
    const files = blobs({ 'a_1.png': encodePng(shape, images(1).pixels).subarray(0, 60) });
    await expect(readDataset(files)).rejects.toMatchObject({ code: 'picture.unreadable' });
  });

  async function decoded(bytes: Uint8Array<ArrayBuffer>) {
    const declared = pictureSize(bytes);
    assert(declared, 'it has a header');
    return (await browserDecoder()(bytes, declared)).rgba;
  }

  async function drawn(type: string, colour: string): Promise<Uint8Array<ArrayBuffer>> {
    const canvas = new OffscreenCanvas(16, 16);
    const context = canvas.getContext('2d');
    if (!context) throw new Error('no 2D context');
    context.fillStyle = colour;
    context.fillRect(0, 0, 16, 16);
    return new Uint8Array(await (await canvas.convertToBlob({ type })).arrayBuffer());
  }

  /** A JPEG file, its left half black and its right half white. */
  async function halves(width: number, height: number): Promise<Uint8Array<ArrayBuffer>> {
    const canvas = new OffscreenCanvas(width, height);
    const context = canvas.getContext('2d');
    assert(context, 'a canvas has a 2D context');
    context.fillStyle = 'white';
    context.fillRect(width / 2, 0, width / 2, height);
    return new Uint8Array(await (await canvas.convertToBlob({ type: 'image/jpeg' })).arrayBuffer());
  }
});

/** A JPEG file with an Exif segment of this orientation alone, behind its first marker. */
function withOrientation(jpeg: Uint8Array, orientation: number): Uint8Array {
  const tiff = [0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation];
  const body = [...new TextEncoder().encode('Exif\0\0'), ...tiff, 0, 0, 0, 0, 0, 0];
  const length = body.length + 2;
  const segment = [0xff, 0xe1, length >> 8, length & 255, ...body];
  return Uint8Array.from([...jpeg.subarray(0, 2), ...segment, ...jpeg.subarray(2)]);
}

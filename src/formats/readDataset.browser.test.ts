import { describe, expect, it } from 'vitest';
import type { ImageShape } from '../domain/architecture.ts';
import type { LabelledImages } from '../domain/dataset.ts';
import { browserDecoder } from './pictureDecoder.ts';
import { readDataset } from './readDataset.ts';
import { encodePng } from './testing/pictureFiles.ts';
import { blobs, everyForm } from './testing/sameDataset.ts';

const shape = { height: 28, width: 28, channels: 1 };

function images(count: number): LabelledImages {
  const pixels = Uint8Array.from({ length: count * 784 }, (_, i) => (i * 7 + (i >> 8)) % 256);
  const labels = Uint8Array.from({ length: count }, (_, i) => i % 10);
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
      expect(await hashOf(read.train.labels), form).toBe(await hashOf(train.labels));
      expect(await hashOf(read.test.pixels), form).toBe(await hashOf(test.pixels));
    }
  });
});

describe('the decoder of a browser', () => {
  const colours: ImageShape = { height: 256, width: 3, channels: 3 };
  const everyByte = Uint8Array.from({ length: 256 * 9 }, (_, i) => (i * 31) % 256);

  it('gives every byte of an opaque picture back', async () => {
    const { rgba, ...size } = await browserDecoder()(encodePng(colours, everyByte));
    expect(size).toEqual({ height: 256, width: 3 });
    expect(rgba.filter((_, i) => i % 4 < 3)).toEqual(Uint8ClampedArray.from(everyByte));
  });

  it.each(['image/png', 'image/jpeg', 'image/webp'])('reads %s', async (type) => {
    expect((await decoded(await drawn(type, 'rgb(200 200 200)')))[0]).toBeCloseTo(200, -1);
  });

  it('reads GIF', async () => {
    const bytes = Uint8Array.from(
      atob('R0lGODdhAQABAIAAAP////8AACwAAAAAAQABAAACAkQBADs='),
      (letter) => letter.charCodeAt(0),
    );
    expect((await decoded(bytes))[0]).toBe(255);
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

  it('lays what is transparent on white paper, one picture after another', async () => {
    const decode = browserDecoder();
    await decode(await drawn('image/png', 'black'));
    const { rgba } = await decode(await drawn('image/png', 'rgb(0 0 0 / 0)'));
    expect([...rgba.slice(0, 4)]).toEqual([255, 255, 255, 255]);
  });

  it('is asked for no picture that is none', async () => {
    const files = blobs({ 'a_1.png': encodePng(shape, images(1).pixels).subarray(0, 60) });
    await expect(readDataset(files)).rejects.toMatchObject({ code: 'picture.unreadable' });
  });

  async function decoded(bytes: Uint8Array<ArrayBuffer>) {
    return (await browserDecoder()(bytes)).rgba;
  }

  async function drawn(type: string, colour: string): Promise<Uint8Array<ArrayBuffer>> {
    const canvas = new OffscreenCanvas(16, 16);
    const context = canvas.getContext('2d');
    if (!context) throw new Error('no 2D context');
    context.fillStyle = colour;
    context.fillRect(0, 0, 16, 16);
    return new Uint8Array(await (await canvas.convertToBlob({ type })).arrayBuffer());
  }
});

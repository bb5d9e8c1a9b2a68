import type { Size } from '../../domain/pictures/imageSides.ts';
import { resampleImage } from '../../domain/pictures/resampleImage.ts';
import type { DecodedPicture } from './pictureDecoder.ts';

/** A drawing leaves at least so much of its ground free; a photograph with round corners does not. */
const LEAST_FREE = 0.4;
/** Brighter ink, of 255, would not be seen well on white. */
const LIGHT_INK = 150;

/**
 * What lies behind transparent pictures. It is white, as paper and as every program shows it, unless the ink
 * of all of them together is light: such drawings were made on a dark canvas, and white would hide them. That
 * is known only at the end, so the opacities are kept until then: what is laid on black is darker than on
 * white by what shines through.
 */
export class Ground {
  private opacities: Uint8Array | undefined;
  private first: string | undefined;
  private pictures = 0;
  private pixels = 0;
  private ink = { weight: 0, brightness: 0 };

  constructor(
    private readonly count: number,
    private readonly size: Size,
  ) {}

  get lightInk(): { readonly count: number; readonly file: string } | undefined {
    const { first: file, pictures: count, pixels, ink } = this;
    if (file === undefined || ink.weight === 0) return undefined;
    const free = 1 - ink.weight / pixels;
    const isLight = free >= LEAST_FREE && ink.brightness / ink.weight > LIGHT_INK;
    return isLight ? { count, file } : undefined;
  }

  /** The picture on white; its opacity is noted if it has any. */
  onWhite(index: number, file: string, { height, width, rgba }: DecodedPicture) {
    if (isOpaque(rgba)) return rgba;
    this.first ??= file;
    this.pictures++;
    const pixels = height * width;
    this.pixels += pixels;
    const opacity = new Uint8Array(pixels);
    const out = new Uint8Array(rgba.length);
    for (let pixel = 0; pixel < pixels; pixel++) {
      const alpha = rgba[4 * pixel + 3] ?? 0;
      opacity[pixel] = alpha;
      for (let channel = 0; channel < 3; channel++) {
        const value = rgba[4 * pixel + channel] ?? 0;
        out[4 * pixel + channel] = Math.round((value * alpha) / 255 + 255 - alpha);
        this.ink.brightness += (value * alpha) / (3 * 255);
      }
      out[4 * pixel + 3] = 255;
      this.ink.weight += alpha / 255;
    }
    this.note(index, opacity, { height, width });
    return out;
  }

  /** Lays light ink on black: @param images those of all pictures, as they lie on white */
  settle(images: Uint8Array, channels: number): void {
    const { opacities } = this;
    if (!opacities || !this.lightInk) return;
    for (let i = 0; i < images.length; i++) {
      const through = 255 - (opacities[Math.floor(i / channels)] ?? 255);
      images[i] = Math.max(0, (images[i] ?? 0) - through);
    }
  }

  private note(index: number, opacity: Uint8Array, from: Size): void {
    const { size } = this;
    const area = size.height * size.width;
    this.opacities ??= new Uint8Array(this.count * area).fill(255);
    const isSame = from.height === size.height && from.width === size.width;
    const fitting = isSame ? opacity : resampleImage(opacity, { ...from, channels: 1 }, size);
    this.opacities.set(fitting, index * area);
  }
}

function isOpaque(rgba: ArrayLike<number>): boolean {
  for (let i = 3; i < rgba.length; i += 4) if (rgba[i] !== 255) return false;
  return true;
}

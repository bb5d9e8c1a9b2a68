import type { ImageShape } from '../../domain/architecture/architecture.ts';
import { fittingSize, type Size, sizeWords } from '../../domain/pictures/imageSides.ts';
import { resampleImage } from '../../domain/pictures/resampleImage.ts';
import type { Advance } from '../../util/steps.ts';
import { Ground } from './ground.ts';
import type { DecodedPicture } from './pictureDecoder.ts';

/**
 * Pictures as they are decoded, one after another at one size: that at which a network sees the
 * first one. They have one channel as long as all of them are grey, and three from the first
 * coloured one on.
 */
export class PictureStack {
  readonly count: number;
  private readonly size: Size;
  private channels = 1;
  private bytes: Uint8Array;
  private readonly ground: Ground;
  /** How many were resampled, and the first of them. */
  resampled: { count: number; readonly file: string; readonly from: string } | undefined;

  constructor(count: number, first: Size) {
    this.count = count;
    this.size = fittingSize(first);
    this.bytes = new Uint8Array(count * this.size.height * this.size.width);
    this.ground = new Ground(count, this.size);
  }

  get shape(): ImageShape {
    return { ...this.size, channels: this.channels };
  }

  get pixels(): Uint8Array {
    return this.bytes;
  }

  /** Light ink on transparent ground, where that is what the pictures are: how many, and the first. */
  get lightInk(): { readonly count: number; readonly file: string } | undefined {
    return this.ground.lightInk;
  }

  /** A large picture takes a second: `pause` is awaited after each pass over its pixels. */
  async put(
    index: number,
    file: string,
    { height, width, rgba: given }: DecodedPicture,
    pause: Advance,
  ): Promise<void> {
    const rgba = this.ground.onWhite(index, file, { height, width, rgba: given });
    await pause(0);
    if (this.channels === 1 && !isGrey(rgba)) this.becomeColoured();
    await pause(0);
    const { channels, size } = this;
    const image = withoutAlpha(rgba, channels);
    await pause(0);
    const isSame = height === size.height && width === size.width;
    if (!isSame) this.resampled = { ...this.noteResampled(file, { height, width }) };
    const fitting = isSame ? image : resampleImage(image, { height, width, channels }, size);
    this.bytes.set(fitting, index * fitting.length);
  }

  /** To be called once, behind the last picture: lays light ink on black. */
  finish(): void {
    this.ground.settle(this.bytes, this.channels);
  }

  /** Pixels of the images that a part of the set has, in the order of their indices. */
  select(indices: readonly number[]): Uint8Array {
    const imageBytes = this.bytes.length / this.count;
    const out = new Uint8Array(indices.length * imageBytes);
    for (const [place, index] of indices.entries()) {
      out.set(
        this.bytes.subarray(index * imageBytes, (index + 1) * imageBytes),
        place * imageBytes,
      );
    }
    return out;
  }

  private noteResampled(file: string, from: Size) {
    const { count, ...first } = this.resampled ?? { count: 0, file, from: sizeWords(from) };
    return { ...first, count: count + 1 };
  }

  private becomeColoured(): void {
    const grey = this.bytes;
    this.channels = 3;
    this.bytes = new Uint8Array(3 * grey.length);
    for (let i = 0; i < grey.length; i++) this.bytes.fill(grey[i] ?? 0, 3 * i, 3 * i + 3);
  }
}

function isGrey(rgba: ArrayLike<number>): boolean {
  for (let i = 0; i < rgba.length; i += 4) {
    if (rgba[i] !== rgba[i + 1] || rgba[i] !== rgba[i + 2]) return false;
  }
  return true;
}

function withoutAlpha(rgba: ArrayLike<number>, channels: number): Uint8Array {
  const pixels = rgba.length / 4;
  const out = new Uint8Array(pixels * channels);
  for (let pixel = 0; pixel < pixels; pixel++) {
    for (let channel = 0; channel < channels; channel++) {
      out[pixel * channels + channel] = rgba[4 * pixel + channel] ?? 0;
    }
  }
  return out;
}

import type { ImageShape } from '../architecture/architecture.ts';
import { prepareDigit } from '../reading/digit.ts';
import { pixelBytes, type UnlabelledImages } from './dataset.ts';
import type { Look } from './look.ts';
import { lookOf } from './lookOf.ts';

/**
 * What was done to images before a model reads them: turned, dark for light, or each prepared anew, as
 * a drawing is, because they have another size, or their ink another one on them.
 */
export type Conforming = 'turned' | 'prepared';

/** Ink whose size differs by less, as a share of the image's side, is read as it is; few images say little. */
const boxTolerance = (count: number) => (count < 20 ? 0.25 : 0.1);
/** So many images are prepared between two rests. */
const AT_ONCE = 200;

interface Circumstances {
  /** Whether they are of the set that the model was trained on: then it knows all of their sizes. */
  readonly isOwnSet: boolean;
  /** Lets others have their turn. */
  readonly rest: () => Promise<void>;
}

/**
 * Images as a model knows them, with what was done to them; undefined where they fit as they are. Of
 * natural pictures, and where nobody knows what the model was trained on, nothing is ever changed.
 */
export async function asTrained<Images extends UnlabelledImages>(
  images: Images,
  input: ImageShape,
  look: Look | undefined,
  { isOwnSet, rest }: Circumstances,
): Promise<{ readonly images: Images; readonly done: Conforming | undefined }> {
  const asTheyAre = { images, done: undefined };
  const own = look && lookOf(images);
  if (!own) return asTheyAre;
  const isOtherSize = !haveSameShape(images.shape, input);
  const isOtherBox = !isOwnSet && Math.abs(own.box - look.box) > boxTolerance(images.count);
  const isTurned = own.ink > own.paper !== look.ink > look.paper;
  if (isOtherSize || isOtherBox) {
    return { images: await prepared(images, input, own, look, rest), done: 'prepared' };
  }
  return isTurned ? { images: turned(images), done: 'turned' } : asTheyAre;
}

const haveSameShape = (one: ImageShape, other: ImageShape) =>
  one.height === other.height && one.width === other.width && one.channels === other.channels;

function turned<Images extends UnlabelledImages>(images: Images): Images {
  return { ...images, pixels: images.pixels.map((pixel) => 255 - pixel) };
}

async function prepared<Images extends UnlabelledImages>(
  images: Images,
  input: ImageShape,
  own: Look,
  look: Look,
  rest: () => Promise<void>,
): Promise<Images> {
  const { width, height, channels } = images.shape;
  const [bytes, ownBytes] = [pixelBytes(input, 1), pixelBytes(images.shape, 1)];
  const pixels = new Uint8Array(images.count * bytes);
  const ink = own.ink > own.paper ? 'light' : 'dark';
  for (let n = 0; n < images.count; n++) {
    if (n % AT_ONCE === AT_ONCE - 1) await rest();
    const image = images.pixels.subarray(n * ownBytes, (n + 1) * ownBytes);
    const grey = Uint8Array.from({ length: width * height }, (_, i) => {
      let sum = 0;
      for (let c = 0; c < channels; c++) sum += image[i * channels + c] ?? 0;
      return Math.round(sum / channels);
    });
    const digit = prepareDigit({ width, height, pixels: grey, ink }, input, look).pixels;
    for (let i = 0; i < bytes; i++) {
      pixels[n * bytes + i] = digit[Math.floor(i / input.channels)] ?? 0;
    }
  }
  return { ...images, shape: input, pixels };
}

import { mottle } from '../../testing/hands/chance.ts';
import { assert } from '../../util/assert.ts';

/** Of a phone's camera: 24 megapixels. */
const PHONE = { width: 5712, height: 4284 } as const;
/** The grain repeats after so many pixels. */
const TILE = 256;

/**
 * A photograph of paper with its grain, darker towards one corner, as a JPEG file of 24 megapixels.
 *
 * @param write what is written on it, in pixels of the photograph; nothing, where it is left out
 */
export async function photographOfPaper(
  write: (context: OffscreenCanvasRenderingContext2D) => void = () => undefined,
): Promise<File> {
  const tile = new OffscreenCanvas(TILE, TILE);
  const grain = tile.getContext('2d');
  const canvas = new OffscreenCanvas(PHONE.width, PHONE.height);
  const context = canvas.getContext('2d');
  assert(context && grain, 'a canvas has a 2D context');
  const data = new ImageData(TILE, TILE);
  for (let i = 0; i < TILE * TILE; i++) {
    const grey = 215 + 6 * mottle(1, (i % TILE) / 3, Math.floor(i / TILE) / 3);
    data.data.set([grey, grey, grey, 255], 4 * i);
  }
  grain.putImageData(data, 0, 0);
  const pattern = context.createPattern(tile, 'repeat');
  assert(pattern, 'a tile is a pattern');
  context.fillStyle = pattern;
  context.fillRect(0, 0, PHONE.width, PHONE.height);
  const shade = context.createLinearGradient(0, 0, PHONE.width, PHONE.height);
  shade.addColorStop(0, 'rgb(0 0 0 / 0)');
  shade.addColorStop(1, 'rgb(0 0 0 / 0.4)');
  context.fillStyle = shade;
  context.fillRect(0, 0, PHONE.width, PHONE.height);
  write(context);
  return new File([await canvas.convertToBlob({ type: 'image/jpeg' })], 'phone.jpg');
}

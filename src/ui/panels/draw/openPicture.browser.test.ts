import { describe, expect, it } from 'vitest';
import { preparePicture } from '../../../domain/reading/digit.ts';
import { mottle } from '../../../testing/hands/chance.ts';
import { assert } from '../../../util/assert.ts';
import { openPicture } from './openPicture.ts';

/** Of a phone's camera: 24 megapixels. */
const PHONE = { width: 5712, height: 4284 } as const;
/** The grain repeats after so many pixels. */
const TILE = 256;

/** A photograph of paper with its grain, darker towards one corner. */
async function photographOfPaper(write: (context: OffscreenCanvasRenderingContext2D) => void) {
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

describe("a phone's photograph", () => {
  it('of blank paper is opened smaller, and nothing is found on it', async () => {
    const { picture } = await openPicture(await photographOfPaper(() => undefined));
    expect([picture.width, picture.height]).toEqual([1024, 768]);
    expect(preparePicture(picture).parts).toEqual([]);
  });

  it('of a stroke has that one', async () => {
    const file = await photographOfPaper((context) => {
      context.lineWidth = 90;
      context.strokeStyle = 'rgb(40 40 60)';
      context.moveTo(2800, 1500);
      context.lineTo(2700, 2900);
      context.stroke();
    });
    const { picture } = await openPicture(file);
    expect(preparePicture(picture).parts).toHaveLength(1);
  });
});

import { describe, expect, it } from 'vitest';
import { preparePicture } from '../../../domain/reading/digit.ts';
import { photographOfPaper } from '../../testing/photographOfPaper.ts';
import { openPicture } from './openPicture.ts';

describe("a phone's photograph", () => {
  it('of blank paper is opened smaller, and nothing is found on it', async () => {
    const { picture } = await openPicture(await photographOfPaper());
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

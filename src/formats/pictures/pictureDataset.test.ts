import { describe, expect, it } from 'vitest';
import type { DatasetAssumption } from '../../domain/data/datasetAssumption.ts';
import { eachInjects } from '../../util/testing/faults.ts';
import { readDataset } from '../dataset/readDataset.ts';
import { decodePngInNode, encodePng } from '../testing/pictureFiles.ts';
import { blobs } from '../testing/sameDataset.ts';
import type { DecodedPicture } from './pictureDecoder.ts';
import { pictureLabels } from './pictureLabels.ts';

const read = (files: Record<string, Uint8Array | string>, decodePicture = decodePngInNode) =>
  readDataset(blobs(files), { decodePicture });
const grey = (brightness: number, height = 16, width = 16) =>
  encodePng({ height, width, channels: 1 }, new Uint8Array(height * width).fill(brightness));
/** What was assumed, but for what is said of pictures without anything on them, as `grey` makes them. */
const besideFlat = (assumptions: readonly DatasetAssumption[] = []) =>
  assumptions.filter(({ kind }) => kind !== 'imagesFlat');
const coloured = encodePng(
  { height: 16, width: 16, channels: 3 },
  Uint8Array.from({ length: 768 }, (_, i) => i % 3),
);

describe('the classes of pictures', () => {
  it.each([
    ['folders', ['a/x.png', 'b/y.png'], ['a', 'b'], [0, 1]],
    ['folders within others', ['s/train/b/x.png', 's/train/a/y.png'], ['a', 'b'], [1, 0]],
    ['names', ['set/dog_1.png', 'set/cat_2.png'], ['cat', 'dog'], [1, 0]],
    ['numbers in their order', ['10/a.png', '9/b.png', '2/c.png'], ['2', '9', '10'], [2, 1, 0]],
    [
      'folders that others say nothing below',
      ['cat/images/1.png', 'dog/images/1.png'],
      ['cat', 'dog'],
      [0, 1],
    ],
    [
      'folders above numbered ones',
      ['cat/part1/1.png', 'cat/part2/2.png', 'dog/part1/3.png'],
      ['cat', 'dog'],
      [0, 0, 1],
    ],
    [
      'folders of several people',
      ['ann/7/1.png', 'ann/8/2.png', 'bob/7/3.png', 'bob/8/4.png'],
      ['7', '8'],
      [0, 1, 0, 1],
    ],
    ['folders above roles', ['cat/train/1.png', 'dog/train/2.png'], ['cat', 'dog'], [0, 1]],
    [
      'one sign for letter and accent',
      ['e\u0301/1.png', '\u00e9/2.png', 'a/3.png'],
      ['a', '\u00e9'],
      [1, 1, 0],
    ],
    ['names with a dot', ['cat.1.jpg', 'dog.2.jpg'], ['cat', 'dog'], [0, 1]],
    ['names with brackets', ['cat (1).jpg', 'dog (2).jpg'], ['cat', 'dog'], [0, 1]],
    ['nothing, where cameras named them', ['IMG_1.jpg', 'DSC_2.jpg'], [], [undefined, undefined]],
    ['nothing, where one word begins all', ['IMG_1.jpg', 'IMG_2.jpg'], [], [undefined, undefined]],
    ['nothing, where no word does', ['1.jpg', '2.jpg'], [], [undefined, undefined]],
  ])('are told by %s', (_, paths, classNames, labels) => {
    const found = pictureLabels(paths);
    expect(found.classNames).toEqual(classNames);
    expect(found.pictures.map(({ label }) => label)).toEqual(labels);
  });

  it.each([
    ['beside others', ['apple/1.png', 'train/2.png'], ['apple', 'train']],
    ['for validation', ['apple/1.png', 'pear/2.png', 'val/3.png'], ['apple', 'pear', 'val']],
    ['for testing', ['apple/1.png', 'pear/2.png', 'test/3.png'], ['apple', 'pear', 'test']],
    [
      'beside one of its kind',
      ['apple/1.png', 'test/2.png', 'train/3.png'],
      ['apple', 'test', 'train'],
    ],
    ['in a zip file', ['a.zip/apple/1.png', 'a.zip/train/2.png'], ['apple', 'train']],
    ['below one that says a role', ['train/apple/1.png', 'train/train/2.png'], ['apple', 'train']],
    ['called test', ['train/apple/1.png', 'train/test/2.png'], ['apple', 'test']],
  ])('may be called as a role is: a folder %s', (_, paths, classNames) => {
    const found = pictureLabels(paths);
    expect(found.classNames).toEqual(classNames);
    expect(found.pictures.map(({ role }) => role)).toEqual(paths.map(() => 'train'));
    expect(found.pictures.map(({ label }) => label)).toEqual(classNames.map((_, i) => i));
  });

  it.each([
    ['a role twice', ['train/train/a_1.png', 'train/train/b_2.png', 'test/test/a_3.png']],
    ['a role with classes below it', ['train/a/1.png', 'train/b/2.png', 'test/a/3.png']],
    ['a role beside one for training', ['train/a_1.png', 'train/b_2.png', 'test/a_3.png']],
    ['a role at another depth', ['set/train/a/1.png', 'set/train/b/2.png', 'test/3.png']],
  ])('are not folders that say %s', (_, paths) => {
    const found = pictureLabels(paths);
    expect(found.classNames).toEqual(['a', 'b']);
    expect(found.pictures.map(({ role }) => role)).toEqual(['train', 'train', 'test']);
  });

  it.each(['testSet', 'test_images', 'Test Data', 'testing-set'])(
    'are not folders called %s, wherever they stand',
    (folder) => {
      for (const above of ['', 'set/']) {
        const found = pictureLabels(
          ['a/1.png', 'b/2.png', `${folder}/3.png`].map((path) => above + path),
        );
        expect(found.classNames).toEqual(['a', 'b']);
        expect(found.pictures.map(({ role, label }) => [role, label])).toEqual([
          ...[
            ['train', 0],
            ['train', 1],
            ['test', undefined],
          ],
        ]);
      }
    },
  );

  it.each(['unknown', 'Unlabeled', '_unclassified_', 'to_predict'])(
    'are not folders called %s beside classes, but are one of two',
    (folder) => {
      const found = pictureLabels(['a/1.png', 'b/2.png', `${folder}/3.png`]);
      expect(found.classNames).toEqual(['a', 'b']);
      expect(found.pictures.map(({ label }) => label)).toEqual([0, 1, undefined]);
      expect([...found.unlabelledFolders]).toEqual([[folder, 1]]);
      expect(pictureLabels(['a/1.png', `${folder}/3.png`]).classNames).toHaveLength(2);
    },
  );

  it('come in the order of their names, whatever folder they are in', () => {
    const { pictures } = pictureLabels(['b/2.png', 'a/10.png', 'b/1.png', 'a/1.png']);
    expect(pictures.map(({ path }) => path)).toEqual(['a/1.png', 'b/1.png', 'b/2.png', 'a/10.png']);
  });
});

describe('pictures', () => {
  it('are for training, for testing or to be predicted by their folders', async () => {
    const set = await read({
      'pets/train/cat/1.png': grey(1),
      'pets/train/dog/2.png': grey(2),
      'pets/val/dog/3.png': grey(3),
      'pets/test/cat/4.png': grey(4),
      'pets/test/5.png': grey(5),
    });
    expect([set.name, set.source, set.classNames]).toEqual(['pets', 'pictures', ['cat', 'dog']]);
    expect([...set.train.labels, ...set.test.labels]).toEqual([0, 1, 1, 0]);
    expect([set.train.pixels[256], set.test.pixels[0], set.unlabelled?.pixels[0]]).toEqual([
      ...[2, 4, 5],
    ]);
  });

  it('in a folder that could say a role are a class beside classes, and that is told', async () => {
    const { classNames, train, assumptions, unlabelled } = await read({
      ...{ 'a/1.png': grey(1), 'b/2.png': grey(2), 'test/3.png': grey(3), 'val/4.png': grey(4) },
    });
    expect(classNames).toEqual(['a', 'b', 'test', 'val']);
    expect([train.count, unlabelled]).toEqual([4, undefined]);
    const told = (folder: string) => ({ kind: 'folderIsClass', folder, beside: 'a' });
    expect(besideFlat(assumptions)).toEqual([told('test'), told('val')]);
  });

  it('in such a folder below one that says a role are no news', async () => {
    const { assumptions } = await read({
      ...{ 'train/a/1.png': grey(1), 'train/test/2.png': grey(2), 'test/a/3.png': grey(3) },
    });
    expect(besideFlat(assumptions)).toEqual([]);
  });

  it('have one channel where all are grey, three where one is not', async () => {
    const greyOnes = await read({ 'a_1.png': grey(9), 'b_2.png': grey(7) });
    expect(greyOnes.train.shape.channels).toBe(1);
    const { train } = await read({ 'a_1.png': grey(9), 'b_2.png': coloured, 'a_3.png': grey(7) });
    expect(train.shape.channels).toBe(3);
    expect([...train.pixels.subarray(765, 771)]).toEqual([9, 9, 9, 0, 1, 2]);
    expect(train.pixels.at(-1)).toBe(7);
  });

  it('of several sizes get that of the first one, and an assumption names the next', async () => {
    const { train, assumptions } = await read({
      ...{ 'a_1.png': grey(9), 'b_2.png': grey(7, 30, 20), 'b_3.png': grey(5, 40, 40) },
    });
    expect([train.pixels[0], train.pixels[256], train.pixels[512]]).toEqual([9, 7, 5]);
    expect(besideFlat(assumptions)).toEqual([
      { kind: 'picturesResampled', file: 'b_2.png', from: '30x20', to: '16x16', count: 2 },
    ]);
  });

  it('too large for a network get a size that it takes', async () => {
    const { train } = await read({ 'a_1.png': grey(9, 100, 80), 'b_2.png': grey(7, 100, 80) });
    expect(train.shape).toEqual({ height: 64, width: 51, channels: 1 });
    expect(train.pixels.every((value, i) => value === (i < 64 * 51 ? 9 : 7))).toBe(true);
  });

  it('of one name, from two folders that were dropped, are each read once', async () => {
    const dropped = ['cat/1.png', 'dog/1.png', 'cat/1.png', 'dog/1.png'].map((name, i) => ({
      name,
      blob: new Blob([Uint8Array.from(grey(i + 1))]),
    }));
    const { train } = await readDataset(dropped, { decodePicture: decodePngInNode });
    const seen = Array.from({ length: train.count }, (_, i) => train.pixels[256 * i]);
    expect(seen.toSorted()).toEqual([1, 2, 3, 4]);
  });

  it('single ones are to be predicted', async () => {
    const { train, unlabelled } = await read({ 'seven.png': grey(9, 28, 28) });
    expect([train.count, unlabelled?.count]).toEqual([0, 1]);
  });

  it('are looked at before they are decoded', async () => {
    const huge = grey(1);
    new DataView(huge.buffer).setUint32(16, 20_000);
    let decoded = 0;
    const decode = async (): Promise<DecodedPicture> => {
      decoded++;
      throw new Error('decoded');
    };
    await expect(read({ 'a.png': huge }, decode)).rejects.toThrow(
      'a.png has 20000x16 pixels; pictures of up to 67 megapixels are accepted',
    );
    expect(decoded).toBe(0);
    await expect(read({ 'a.png': grey(1) }, decode)).rejects.toThrow('a.png is not a picture');
  });

  it.each<[string, Record<string, Uint8Array>, string]>([
    [
      'a class that was never trained',
      { 'train/a/1.png': grey(1), 'train/b/1.png': grey(1), 'test/c/1.png': grey(1) },
      'test/c/1.png belongs to the class c, of which there is no picture for training.',
    ],
    [
      'no class among others',
      { 'a/1.png': grey(1), 'b/1.png': grey(1), '1.png': grey(1) },
      '1.png has no class, but other pictures have one.',
    ],
    [
      'too many classes',
      Object.fromEntries(Array.from({ length: 101 }, (_, i) => [`${i}/a.png`, grey(1)])),
      '0/a.png has 101 classes; 2 to 100 are accepted.',
    ],
  ])('with %s are refused', async (_, files, sentence) => {
    await expect(read(files)).rejects.toThrow(sentence);
  });
});

describe('a PNG that lies', () => {
  eachInjects(23, 'a PNG that is not right');

  /** A valid picture whose header declares these sides. */
  const declares = (width: number, height: number) => {
    const bytes = grey(1);
    const view = new DataView(bytes.buffer);
    view.setUint32(16, width);
    view.setUint32(20, height);
    return bytes;
  };
  const noPicture = 'a.png is not a picture that';

  it.each([
    [
      'sides of 2^32-1',
      declares(2 ** 32 - 1, 2 ** 32 - 1),
      'a.png has 4294967295x4294967295 pixels',
    ],
    ['a product of 2^32', declares(65_536, 65_536), 'a.png has 65536x65536 pixels'],
    ['no width', declares(0, 16), noPicture],
    ['more rows than it holds', declares(16, 4096), noPicture],
    ['half a header', grey(1).subarray(0, 20), noPicture],
    ['half a body', grey(1).subarray(0, 50), noPicture],
    ['a signature alone', grey(1).subarray(0, 8), noPicture],
  ])('about %s is refused', async (_, bytes, sentence) => {
    await expect(read({ 'a.png': bytes })).rejects.toThrow(sentence);
  });
});

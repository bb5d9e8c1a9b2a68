import { deleteDB } from 'idb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Dataset } from '../../domain/data/dataset.ts';
import { seedRecipe } from '../../domain/recipe/recipe.ts';
import { readIdxDataset } from '../../formats/arrays/idxDataset.ts';
import { encodeIdx } from '../../formats/testing/idxFiles.ts';
import { blobs } from '../../formats/testing/sameDataset.ts';
import { FIRST_SITE } from '../../util/siteName.ts';
import { downloadMnist } from '../data/downloadMnist.ts';
import { openSession } from '../testing/tinySession.ts';

/** Digits to draw: test images of MNIST, as large as a drawing. */
const DRAWN = 60;
const TIMES = 5;
const [TRAINED, TESTED] = [3000, 200];
const AREA = 28 * 28;

let mnist: Dataset;

beforeAll(async () => {
  await deleteDB(FIRST_SITE);
  const { signal } = new AbortController();
  mnist = readIdxDataset(await downloadMnist(`${location.origin}/`, () => undefined, signal));
});
afterAll(() => deleteDB(FIRST_SITE));

/** Light ink, as the pen leaves it. */
function drawing(image: number) {
  const side = 28 * TIMES;
  const pixels = Uint8Array.from({ length: side * side }, (_, i) => {
    const [x, y] = [Math.floor((i % side) / TIMES), Math.floor(i / side / TIMES)];
    return mnist.test.pixels[image * AREA + y * 28 + x] ?? 0;
  });
  return { name: 'drawing', width: side, height: side, pixels, ink: 'light' as const };
}

describe('a model of black digits on white', () => {
  it('reads what is drawn, and keeps with it that it was trained so', {
    timeout: 300_000,
  }, async () => {
    const { session } = await openSession('wasm');
    const part = ({ pixels, labels }: Dataset['train'], count: number) => ({
      images: encodeIdx(
        [count, 28, 28],
        pixels.slice(0, count * AREA).map((grey) => 255 - grey),
      ),
      labels: encodeIdx([count], labels.slice(0, count)),
    });
    const [train, test] = [part(mnist.train, TRAINED), part(mnist.test, TESTED)];
    const { assumptions } = await session.importDataset(
      blobs({
        'train-images': train.images,
        'train-labels': train.labels,
        'test-images': test.images,
        'test-labels': test.labels,
      }),
    );
    expect(assumptions?.map(({ kind }) => kind)).toEqual(['darkOnLight']);
    const { id } = await session.train({
      ...seedRecipe,
      ...{
        architecture: 'lenet5',
        steps: 300,
        batchSize: 50,
        learningRate: 0.002,
        validationImages: 200,
      },
    });
    const record = await session.runRecord(id);
    expect(record.assumptions).toEqual(assumptions);
    expect(record.look).toMatchObject({ paper: 255, ink: 0 });

    let right = 0;
    for (let image = 0; image < DRAWN; image++) {
      const { label, prepared } = await session.predict(drawing(image));
      // What the network is shown is dark on light, as its training images are.
      expect(prepared[0]).toBe(255);
      if (label === mnist.test.labels[image]) right++;
    }
    expect(right / DRAWN).toBeGreaterThanOrEqual(0.85);
  });
});

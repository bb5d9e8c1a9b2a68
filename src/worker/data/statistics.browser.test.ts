import { expect, it } from 'vitest';
import { encodeIdx } from '../../formats/testing/idxFiles.ts';
import { blobs } from '../../formats/testing/sameDataset.ts';
import { openSession } from '../testing/tinySession.ts';

/** Goes in several portions. */
const COUNT = 10_000;
const files = blobs({
  'train-images.idx': encodeIdx(
    [COUNT, 16, 16],
    Uint8Array.from({ length: COUNT * 256 }, (_, i) => (i % 97) + (i % 31)),
  ),
  'train-labels.idx': encodeIdx(
    [COUNT],
    Uint8Array.from({ length: COUNT }, (_, i) => i % 10),
  ),
});

it('statistics let other calls in, and end where another set takes the place of theirs', async () => {
  const { session } = await openSession('cpu');
  await session.importDataset(files);
  const order: string[] = [];
  const asked = session.datasetStatistics().then((given) => {
    order.push('statistics');
    return given;
  });
  await new Promise((resolve) => setTimeout(resolve));
  order.push('another message');
  expect((await asked)?.trainClassCounts).toEqual(new Array(10).fill(COUNT / 10));
  expect(order).toEqual(['another message', 'statistics']);

  const left = session.datasetStatistics();
  await session.importDataset(files);
  expect(await left).toBeUndefined();
  expect(await session.datasetStatistics()).toBeDefined();
});

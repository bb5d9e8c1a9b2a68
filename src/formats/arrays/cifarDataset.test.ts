import { describe, expect, it } from 'vitest';
import { readDataset } from '../dataset/readDataset.ts';
import { blobs } from '../testing/sameDataset.ts';
import { cifarBatch } from '../testing/smallSets.ts';

const read = (files: Record<string, string | Uint8Array>) => readDataset(blobs(files));

describe('CIFAR in its binary version', () => {
  it('is read from its batches in their order, with its class names', async () => {
    const set = await read({
      'data_batch_2.bin': cifarBatch(9),
      'batches.meta.txt':
        'airplane\nautomobile\nbird\ncat\ndeer\ndog\nfrog\nhorse\nship\ntruck\n\n',
      'data_batch_1.bin': cifarBatch(3, 0),
      'test_batch.bin': cifarBatch(1, 1),
    });
    expect([set.name, set.source]).toEqual(['CIFAR-10', 'CIFAR']);
    expect([set.classNames.length, set.classNames[9]]).toEqual([10, 'truck']);
    expect([...set.train.labels, ...set.test.labels]).toEqual([3, 0, 9, 1, 1]);
    expect(set.train.shape).toEqual({ height: 32, width: 32, channels: 3 });
  });

  it('has the colours of a pixel put beside each other', async () => {
    const batch = cifarBatch(0, 1);
    for (let i = 0; i < 3072; i++) batch[1 + i] = Math.floor(i / 1024) * 100 + ((i % 1024) % 50);
    const { train } = await read({ 'data_batch_1.bin': batch });
    expect([...train.pixels.subarray(0, 6)]).toEqual([0, 100, 200, 1, 101, 201]);
  });

  it('of a hundred classes has its fine labels', async () => {
    const batch = new Uint8Array(2 * 3074);
    batch.set([19, 99]);
    batch.set([0, 42], 3074);
    const set = await read({ 'train.bin': batch });
    expect([set.name, ...set.train.labels]).toEqual(['CIFAR-100', 99, 42]);
    expect(set.classNames).toHaveLength(100);
  });

  it.each([
    ['a label above 9', cifarBatch(1, 10), 'f.bin has the label 10 at item 1'],
    ['half a record', cifarBatch(1, 2).subarray(0, 5000), 'f.bin is none of the files'],
    ['one record', cifarBatch(1), 'f.bin holds 1 images'],
  ])('with %s is refused', async (_, bytes, sentence) => {
    await expect(read({ 'f.bin': bytes })).rejects.toThrow(sentence);
  });

  it('with a batch of another length is refused by its name', async () => {
    const files = { 'a.bin': cifarBatch(1, 2), 'b.bin': new Uint8Array(3074) };
    await expect(read(files)).rejects.toThrow(
      'b.bin does not end with a whole record of 3073 bytes: 1 bytes are left over.',
    );
  });

  it('with more than a hundred class names is refused', async () => {
    const files = { 'a.bin': cifarBatch(1, 2), 'labels.txt': 'name\n'.repeat(101) };
    await expect(read(files)).rejects.toThrow('labels.txt has 101 classes; 2 to 100 are accepted');
  });
});

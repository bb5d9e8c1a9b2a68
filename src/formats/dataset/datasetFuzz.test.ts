import fc from 'fast-check';
import { gzipSync, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { expectSafeLater, fuzzRuns, mutationsOf, noteInputs } from '../testing/fuzz.ts';
import { encodeIdx } from '../testing/idxFiles.ts';
import { encodeNpy, encodeNpz } from '../testing/npyFiles.ts';
import { decodePngInNode, encodePng } from '../testing/pictureFiles.ts';
import { blobs } from '../testing/sameDataset.ts';
import { cifarBatch, csvRow, expectValid, images16 } from '../testing/smallSets.ts';
import { encodeTar } from '../testing/tarFile.ts';
import { encodeZip64 } from '../testing/zip64File.ts';
import { readDataset } from './readDataset.ts';

const MEGABYTE = 1e6;
const text = (content: string) => new TextEncoder().encode(content);
const header = csvRow('label', (i) => `pixel${i}`);
const csv = text(
  [header, csvRow(1, (i) => i), csvRow('"0"'), csvRow(2, (i) => 255 - i)].join('\r\n'),
);
const floats = text(
  [0, 1, 2].map((label) => csvRow(`${label}.0e+00`, (i) => `${(i / 255).toFixed(3)}`)).join('\n'),
);
const labels = Uint8Array.of(0, 1, 2);
const arrays = { x: encodeNpy([3, 16, 16], images16(3)), y: encodeNpy([3], labels) };
const png = encodePng({ height: 16, width: 16, channels: 1 }, images16(1));

/** A valid file of each parser, and what is read beside it. */
const parsers: Record<string, { name: string; valid: Uint8Array; beside?: object }> = {
  'IDX data set': {
    name: 'images',
    valid: encodeIdx([3, 16, 16], images16(3)),
    beside: { labels: encodeIdx([3], labels) },
  },
  'gzipped IDX data set': {
    name: 'images.gz',
    valid: gzipSync(encodeIdx([3, 16, 16], images16(3))),
    beside: { labels: encodeIdx([3], labels) },
  },
  CSV: { name: 'train.csv', valid: csv },
  'gzipped CSV': { name: 'train.csv.gz', valid: gzipSync(csv) },
  npy: {
    name: 'x.npy',
    valid: encodeNpy([1, 16, 16], new Uint8Array(Float32Array.from(images16(1)).buffer), {
      descr: '<f4',
    }),
  },
  npz: { name: 'a.npz', valid: encodeNpz(arrays) },
  CIFAR: { name: 'data_batch_1.bin', valid: cifarBatch(1, 9) },
  'zipped pictures': { name: 'a.zip', valid: zipSync({ 'a/1.png': png, 'b/2.png': png }) },
  'tar archive': {
    name: 'a.tar',
    valid: encodeTar({ 'd/a/1.png': png, [`d/b/${'long '.repeat(30)}.png`]: png }, 'pax'),
  },
  'gzipped tar archive': {
    name: 'a.tgz',
    valid: gzipSync(encodeTar({ 'd/a/1.png': png, 'd/b/2.png': png })),
  },
  'zip of 64 bits': { name: 'a.zip', valid: encodeZip64({ 'a/1.png': png, 'b/2.png': png }) },
  'CSV of fractions': { name: 'a.csv', valid: floats },
  'CSV of one cell an image': {
    name: 'a.csv',
    valid: text(
      `emotion,pixels,Usage\n${[0, 1, 2].map((label) => `${label},${images16(1).join(' ')},Training\n`).join('')}`,
    ),
  },
  ARFF: {
    name: 'a.arff',
    valid: text(
      `@relation r\n${Array.from({ length: 256 }, (_, i) => `@attribute p${i} real\n`).join('')}@attribute c {0,1}\n@data\n${[0, 1].map((label) => `${images16(1).join(',')},${label}\n`).join('')}`,
    ),
  },
  'words for labels': {
    name: 'x.npy',
    valid: arrays.x,
    beside: { 'y.npy': encodeNpy([3], text('oxantox'.padEnd(9, '\0')), { descr: '|S3' }) },
  },
  'IDX of floats': {
    name: 'images',
    valid: Uint8Array.from([
      0,
      0,
      13,
      3,
      0,
      0,
      0,
      3,
      0,
      0,
      0,
      16,
      0,
      0,
      0,
      16,
      ...new Uint8Array(3072),
    ]),
    beside: { labels: encodeIdx([3], labels) },
  },
  'picture headers': { name: 'a.png', valid: png, beside: { 'b.png': png } },
  'class names': {
    name: 'batches.meta.txt',
    valid: text('airplane\ncat\nship\n'),
    beside: { 'data_batch_1.bin': cifarBatch(1, 2) },
  },
};

describe('whatever file a data set is read from, the end is a sentence or a valid set', () => {
  it.for(Object.entries(parsers))('%s', async ([parser, { name, valid, beside }], { task }) => {
    const numRuns = fuzzRuns(200);
    const before = process.memoryUsage().arrayBuffers;
    let accepted = 0;
    const read = (bytes: Uint8Array) =>
      readDataset(blobs({ [name]: bytes, ...beside }), { decodePicture: decodePngInNode });
    await fc.assert(
      fc.asyncProperty(fc.oneof(mutationsOf(valid), fc.uint8Array()), async (bytes) => {
        const code = await expectSafeLater(async () => expectValid(await read(bytes)));
        if (code === 'accepted') accepted++;
      }),
      { numRuns },
    );
    expect(accepted).toBeLessThan(numRuns);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(500 * MEGABYTE);
    noteInputs(task, parser, numRuns);
  });
});

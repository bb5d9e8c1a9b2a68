import { gzipSync } from 'fflate';
import { describe, expect, it, vi } from 'vitest';
import { type ErrorParams, WorkbenchError } from '../util/errors.ts';
import { type ErrorCode, errorTexts } from '../util/errorTexts.ts';
import { expectBothLanguages } from '../util/testing/bothLanguages.ts';
import { fetchAddress } from '../worker/data/fetchAddress.ts';
import { writeZip } from './archives/zip.ts';
import { readIdxDataset } from './arrays/idxDataset.ts';
import { readDataset } from './dataset/readDataset.ts';
import { encodeIdx } from './testing/idxFiles.ts';
import { encodeNpy, encodeNpz } from './testing/npyFiles.ts';
import { decodePngInNode, encodePng } from './testing/pictureFiles.ts';
import { blobs } from './testing/sameDataset.ts';
import { cifarBatch, csvRow, images16 } from './testing/smallSets.ts';
import { encodeTar } from './testing/tarFile.ts';
import { workerRefusals } from './testing/workerRefusals.ts';

type Files = Record<string, string | Uint8Array>;

const lines = (...rows: readonly string[]) => rows.join('\n');
const idx = (count: number, side = 16) =>
  encodeIdx([count, side, side], new Uint8Array(count * side * side));
const labels = (...values: readonly number[]) => encodeIdx([values.length], values);
const png = (side = 16) =>
  encodePng({ height: side, width: side, channels: 1 }, new Uint8Array(side * side));
const x = encodeNpy([3, 16, 16], images16(3));
const y = encodeNpy([3], Uint8Array.of(0, 1, 2));
const npy = (descr: string) => ({ 'x.npy': encodeNpy([1, 16, 16], images16(4), { descr }) });
const wide = png();
new DataView(wide.buffer).setUint32(16, 20_000);

/** Files that end in each refusal, and the name that it must have in it. */
const provoked: readonly [code: ErrorCode, files: Files, file: string][] = [
  ['idx.header', { 'a.idx': Uint8Array.of(0, 0, 8, 3, 0) }, 'a.idx'],
  ['idx.truncated', { 'a.idx': idx(2).subarray(0, 99), l: labels(0, 1) }, 'a.idx'],
  ['idx.trailing', { 'a.idx': Uint8Array.of(...idx(2), 7), l: labels(0, 1) }, 'a.idx'],
  ['idx.tooLarge', { 'a.idx': encodeIdx([2 ** 31, 28, 28], []), l: labels(0, 1) }, 'a.idx'],
  ['idx.countMismatch', { 'a.idx': idx(3), l: labels(0, 1) }, 'a.idx'],
  ['idx.label', { 'a.idx': idx(2), 'l.idx': labels(0, 200) }, 'l.idx'],
  ['gzip.corrupt', { 'a.gz': gzipSync(idx(2)).subarray(0, 25), l: labels(0, 1) }, 'a.gz'],
  ['gzip.tooLarge', { 'a.gz': gzipSync(Uint8Array.of(...idx(2), 7)), l: labels(0, 1) }, 'a.gz'],
  ['dataset.files', { 'a.idx': idx(3) }, 'a.idx'],
  ['dataset.ambiguous', { 'a.csv': twoRows(), 'b.csv': lines(csvRow(0), csvRow(1)) }, 'a.csv'],
  ['dataset.sides', { 'a.idx': idx(2, 3), l: labels(0, 1) }, 'a.idx'],
  [
    'dataset.shapes',
    { 'train.csv': twoRows(), 'test.csv': lines(...threeByThree(), ...threeByThree()) },
    'test.csv',
  ],
  ['dataset.tooFew', { 'a.csv': csvRow(1) }, 'a.csv'],
  ['dataset.unknownFile', { 'a.doc': Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 0) }, 'a.doc'],
  ['dataset.mixture', { 'a.csv': twoRows(), 'x.npy': x }, 'x.npy'],
  ['dataset.tooLarge', { 'x.npy': encodeNpy([2 ** 31, 28, 28], x) }, 'x.npy'],
  ['dataset.classes', { 'a.bin': cifarBatch(1, 2), 'labels.txt': 'a\n'.repeat(101) }, 'labels.txt'],
  [
    'dataset.nameLong',
    { [`${'a'.repeat(101)}/1.png`]: png(), 'b/1.png': png(), 'b/2.png': png() },
    'a'.repeat(40),
  ],
  ['csv.columns', { 'a.csv': `${'1,'.repeat(99)}1\n`.repeat(2).replaceAll(',1\n', '\n') }, 'a.csv'],
  ['csv.noPixels', { 'a.csv': 'a,b\n1,2\n' }, 'a.csv'],
  [
    'csv.manyWords',
    { 'a.csv': lines(...Array.from({ length: 101 }, (_, i) => csvRow(`name${i}`))) },
    'a.csv',
  ],
  [
    'csv.oneHot',
    { 'a.csv': lines(...Array.from({ length: 40 }, (_, i) => `1,${csvRow(i < 39 ? 0 : 1)}`)) },
    'a.csv',
  ],
  ['csv.ragged', { 'a.csv': lines(csvRow(1), csvRow(0).slice(0, -2)) }, 'a.csv'],
  [
    'csv.value',
    {
      'a.csv': lines(
        csvRow(1),
        csvRow(0, () => 'x'),
      ),
    },
    'a.csv',
  ],
  [
    'csv.label',
    {
      'a.csv': lines(
        csvRow('label', (i) => `p${i}`),
        csvRow(1),
        csvRow(100),
      ),
    },
    'a.csv',
  ],
  ['csv.empty', { 'a.csv': csvRow('label', (i) => `p${i}`) }, 'a.csv'],
  ['npy.header', { 'x.npy': x.subarray(0, 30) }, 'x.npy'],
  ['npy.dtype', npy('<U3'), 'x.npy'],
  ['npy.objects', npy('|O'), 'x.npy'],
  ['npy.oneHot', { 'x.npy': x, 'y.npy': encodeNpy([3, 3], images16(3).subarray(0, 9)) }, 'y.npy'],
  ['npy.shape', { 'x.npy': encodeNpy([3, 257], x) }, 'x.npy'],
  [
    'pixels.range',
    {
      'x.npy': encodeNpy([1, 16, 16], new Uint8Array(new Float32Array(256).fill(3.5).buffer), {
        descr: '<f4',
      }),
    },
    'x.npy',
  ],
  ['npy.length', { 'x.npy': x.subarray(0, 300) }, 'x.npy'],
  ['npy.value', npy('<f4'), 'x.npy'],
  ['npy.arrays', { 'a.npz': encodeNpz({ y }) }, 'a.npz'],
  ['cifar.length', { 'a.bin': cifarBatch(1, 2), 'b.bin': new Uint8Array(3074) }, 'b.bin'],
  ['picture.unreadable', { 'a.png': png().subarray(0, 40) }, 'a.png'],
  ['picture.tooLarge', { 'a.png': wide }, 'a.png'],
  ['pictures.noClass', { 'a/1.png': png(), 'b/1.png': png(), 'c.png': png() }, 'c.png'],
  [
    'pictures.newClass',
    { 'train/a/1.png': png(), 'train/b/1.png': png(), 'test/c/1.png': png() },
    'test/c/1.png',
  ],
  [
    'dataset.budget',
    { 'a.zip': zipOf(Array.from({ length: 64 }, (_, i) => [`${i}.zip`, zipOf([['b', png()]])])) },
    'a.zip',
  ],
  ['dataset.tar', { 'a.tar': encodeTar({ a: png() }).subarray(0, 520) }, 'a.tar'],
  [
    'files.foreign',
    { 'a.xls': Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1) },
    'a.xls',
  ],
  ['weights.zip', { 'a.zip': Uint8Array.of(0x50, 0x4b, 3, 4, 0) }, 'a.zip'],
];

/** The same of what no kind of file has to do with. */
const others: Partial<Record<ErrorCode, () => Promise<unknown>>> = {
  'idx.magic': async () => readIdxDataset([{ name: 'a.idx', bytes: Uint8Array.of(1, 2, 3, 4) }]),
  'dataset.unreadable': () => readDataset([{ name: 'a.idx', blob: new LostBlob(['1,2']) }]),
  'dataset.offline': () => {
    vi.stubGlobal('navigator', { onLine: false });
    const { signal } = new AbortController();
    return fetchAddress('https://a.idx', () => undefined, signal).finally(() =>
      vi.unstubAllGlobals(),
    );
  },
};

/** Provoked where a set is kept, which no file is needed for. */
const ofStore: Partial<Record<ErrorCode, ErrorParams>> = {
  'storage.datasetQuota': { dataset: 'a.idx', neededMB: 55 },
  'storage.datasetCorrupt': { dataset: 'a.idx' },
  'dataset.notKept': { dataset: 'a.idx', megabytes: 900, memory: 2 },
};

/** Of more pixels than a test should hold. */
const ofSums: Partial<Record<ErrorCode, ErrorParams>> = {
  'dataset.tooLargeTogether': { file: 'a.idx', bytes: 2 ** 31, limit: 2 ** 30 },
};

/** Of the zip file, which weights may be in too: `zip.test.ts` has all that can be wrong with one. */
const ofZip: Partial<Record<ErrorCode, ErrorParams>> = {
  'weights.zipEntry': { file: 'a.idx', entry: 'x' },
  'weights.tooLarge': { file: 'a.idx', bytes: 2, limit: 1 },
};

/** A file that was moved since it was chosen. */
class LostBlob extends Blob {
  override slice(): Blob {
    return this;
  }
  override arrayBuffer(): Promise<ArrayBuffer> {
    return Promise.reject(new DOMException('gone', 'NotFoundError'));
  }
}

function zipOf(entries: readonly (readonly [string, Uint8Array])[]): Uint8Array<ArrayBuffer> {
  return writeZip(entries.map(([name, bytes]) => ({ name, bytes, deflate: true })));
}

function twoRows(): string {
  return lines(csvRow(1), csvRow(0));
}

function threeByThree(): string[] {
  const row = ['1', ...new Array<number>(20 * 20).fill(0)].join(',');
  return [row, row];
}

async function refusalOf(files: Files): Promise<WorkbenchError> {
  const end = await readDataset(blobs(files), { decodePicture: decodePngInNode }).catch(
    (error: unknown) => error,
  );
  expect(end).toBeInstanceOf(WorkbenchError);
  return end as WorkbenchError;
}

describe('every refusal of a data set', () => {
  it.each(provoked)('%s names the file, in both languages', async (code, files, file) => {
    const error = await refusalOf(files);
    expect(error.code).toBe(code);
    expectBothLanguages(error, file);
  });

  it.each(Object.entries(others))('%s names it too', async (code, provoke) => {
    const error = await provoke().catch((reason: unknown) => reason);
    expect(error).toMatchObject({ name: 'WorkbenchError', code });
    expectBothLanguages(error as WorkbenchError, 'a.idx');
  });

  it.each(Object.entries({ ...ofStore, ...ofZip, ...ofSums }))(
    '%s is said in both languages',
    (code, params) => {
      expectBothLanguages({ code: code as ErrorCode, params }, 'a.idx');
    },
  );

  it('is among these', () => {
    const known = new Set<string>([
      ...provoked.map(([code]) => code),
      ...Object.keys({ ...others, ...ofStore, ...ofZip, ...ofSums }),
      ...workerRefusals,
    ]);
    const ours = Object.keys(errorTexts).filter((code) =>
      /^(idx|gzip|dataset|csv|npy|cifar|pictures?|pixels|storage[.]dataset|weights[.]zip)/.test(
        code,
      ),
    );
    expect(ours.filter((code) => !known.has(code))).toEqual([]);
  });
});

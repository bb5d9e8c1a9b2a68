import fc from 'fast-check';
import { gzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { WorkbenchError } from '../../util/errors.ts';
import { encodeIdx } from '../testing/idxFiles.ts';
import { encodePng } from '../testing/pictureFiles.ts';
import { read } from '../testing/readInNode.ts';
import { cifarBatch, images16 } from '../testing/smallSets.ts';
import { encodeTar } from '../testing/tarFile.ts';
import { encodeZip64 } from '../testing/zip64File.ts';
import { readTar } from './tar.ts';
import { openZip } from './zip.ts';

const png = (i: number) =>
  encodePng({ height: 16, width: 16, channels: 1 }, images16(4).subarray(i * 256, (i + 1) * 256));
const pictures = { 'd/cat/1.png': png(0), 'd/cat/2.png': png(1), 'd/ox/3.png': png(2) };
const long = `digits/${'of one kind '.repeat(9)}/`;

describe('a tar archive', () => {
  it.each([
    ['as it is', 'd.tar', encodeTar(pictures)],
    ['gzipped', 'd.tar.gz', gzipSync(encodeTar(pictures))],
    ['gzipped and called otherwise', 'd.bin', gzipSync(encodeTar(pictures))],
    [
      'behind ./',
      'd.tgz',
      gzipSync(
        encodeTar({ './d/cat/1.png': png(0), './d/cat/2.png': png(1), './d/ox/3.png': png(2) }),
      ),
    ],
    ['with what macOS adds', 'd.tar', encodeTar({ 'd/cat/._1.png': png(3), ...pictures })],
  ])('is read %s', async (_, name, bytes) => {
    const { train, classNames } = await read({ [name]: bytes });
    const expected = await read(pictures);
    expect([train, classNames]).toEqual([expected.train, ['cat', 'ox']]);
  });

  it.each(['prefix', 'GNU', 'pax'] as const)('has long names as %s', (longNames) => {
    const names = [`${long}1.png`, 'short', `${long}é.png`];
    const contents = Object.fromEntries(names.map((name, i) => [name, png(i)]));
    const entries = readTar('a.tar', encodeTar(contents, longNames), 10);
    expect(entries).toEqual(names.map((name, i) => ({ name, bytes: png(i) })));
  });

  it('of CIFAR is read as its site has it', async () => {
    const tar = encodeTar({
      'cifar-10-batches-bin/data_batch_1.bin': cifarBatch(1, 0),
      'cifar-10-batches-bin/data_batch_2.bin': cifarBatch(2, 1),
      'cifar-10-batches-bin/batches.meta.txt': new TextEncoder().encode('plane\ncar\nbird\n'),
      'cifar-10-batches-bin/readme.html': new TextEncoder().encode('<html>, </html>'),
      'cifar-10-batches-bin/test_batch.bin': cifarBatch(2),
    });
    const { train, test, classNames } = await read({ 'cifar-10-binary.tar.gz': gzipSync(tar) });
    expect([[...train.labels], [...test.labels]]).toEqual([[1, 0, 2, 1], [2]]);
    expect(classNames).toEqual(['plane', 'car', 'bird']);
  });

  it('lets a file that was added again take the place of the one before', () => {
    const once = encodeTar({ a: png(0) });
    const both = Uint8Array.from([
      ...once.subarray(0, once.length - 1024),
      ...encodeTar({ a: png(1) }),
    ]);
    expect(readTar('a.tar', both, 9)).toEqual([{ name: 'a', bytes: png(1) }]);
  });

  it('is read to its end whatever stands in place of a long name', () => {
    const name = `a${'a/'.repeat(60)}1.png`;
    const tar = encodeTar({ [name]: png(0) }, 'pax');
    const room = { minLength: 1, maxLength: 140 };
    const spaced = fc.array(fc.constantFrom(0x20, 0x30, 0x31, 0x3d, 0), room);
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array(room), spaced), (record) => {
        const bytes = tar.slice();
        bytes.fill(0x61, 512, 1024);
        bytes.set(record, 512);
        expect(readTar('a.tar', bytes, 9).length).toBe(1);
      }),
    );
  });

  const tar = encodeTar({ 'a/1.png': png(0) });
  const changed = (place: number, text: string) => {
    const bytes = tar.slice();
    bytes.set(new TextEncoder().encode(text), place);
    return bytes;
  };
  it.each([
    ['a name altered', changed(0, 'b'), 'the header of entry 0 is damaged'],
    ['its end cut off', tar.subarray(0, 600), 'it ends within entry 0'],
    ['a way out', encodeTar({ '../a': png(0) }), 'the name of entry 0 leads out'],
    ['too many files', encodeTar({ a: png(0), b: png(0), c: png(0) }), 'more than 2 files'],
  ])('with %s is refused', (_, bytes, words) => {
    const run = () => readTar('a.tar', bytes.slice(), 2);
    expect(run).toThrow(WorkbenchError);
    expect(run).toThrow(words);
  });
});

describe('a zip file of 64 bits', () => {
  it('is read as another', async () => {
    const { train } = await read({ 'd.zip': encodeZip64(pictures) });
    expect(train).toEqual((await read(pictures)).train);
  });

  it('holds its data at the places that it says', () => {
    const idx = encodeIdx([4, 16, 16], images16(4));
    const zip = openZip('a.zip', encodeZip64({ a: png(0), idx }));
    expect([zip.names, zip.read('idx', idx.length)]).toEqual([['a', 'idx'], idx]);
  });

  it('that leaves a size out is refused', () => {
    const bytes = encodeZip64({ a: png(0) });
    const view = new DataView(bytes.buffer);
    // The length of the field, with that of the list of fields as it is.
    for (let i = 0; i + 4 < bytes.length; i++) {
      if (view.getUint32(i, true) === 0x00180001) view.setUint16(i + 2, 8, true);
    }
    expect(() => openZip('a.zip', bytes)).toThrow('the size of entry 0 is not told');
  });
});

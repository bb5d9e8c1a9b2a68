import { constants, deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { expectRefusal } from '../../util/testing/bothLanguages.ts';
import { cpuMs } from '../../util/testing/cpuMs.ts';
import { eachInjects } from '../../util/testing/faults.ts';
import { codeOf, expectSafe, fuzzRuns, mutationsOf, noteInputs } from '../testing/fuzz.ts';
import { inflatedBytes } from '../testing/inflatedBytes.ts';
import { isZip, openZip, writeZip } from './zip.ts';

const MEGABYTE = 1_000_000;
const text = (content: string) => new TextEncoder().encode(content);
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;
const END = 0x06054b50;

/** Sets a field of the nth record that begins with this signature. */
function altered(zip: Uint8Array, signature: number, offset: number, value: number, bytes: 2 | 4) {
  const copy = zip.slice();
  const view = new DataView(copy.buffer);
  for (let at = 0; at + 4 <= copy.length; at++) {
    if (view.getUint32(at, true) !== signature) continue;
    if (bytes === 2) view.setUint16(at + offset, value, true);
    else view.setUint32(at + offset, value, true);
  }
  return copy;
}

const two = writeZip([
  {
    name: 'model.json',
    bytes: text('{"a": 1, "b": [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]}'),
    deflate: true,
  },
  { name: 'weights.bin', bytes: Uint8Array.from({ length: 200 }, (_, i) => i), deflate: false },
]);

describe('a zip file', () => {
  it('gives back what was written, stored or deflated', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 9000 }), fc.boolean(), (bytes, deflate) => {
        const zip = writeZip([{ name: 'a', bytes, deflate }]);
        expect(isZip(zip)).toBe(true);
        expect(openZip('f', zip).read('a', bytes.length)).toEqual(bytes);
      }),
    );
  });

  it('is the same file for the same content', () => {
    const write = () => writeZip([{ name: 'a', bytes: text('x'), deflate: true }]);
    expect(write()).toEqual(write());
  });

  it('of another program, with folders and a comment, is read as well', () => {
    const zip = zipSync({ folder: { 'a.txt': text('hello') } }, { comment: 'made elsewhere' });
    const { names, read } = openZip('f', zip);
    expect(names).toContain('folder/a.txt');
    expect(read('folder/a.txt', 100)).toEqual(text('hello'));
  });

  it('says which entry is missing', () => {
    expect(() => openZip('w.zip', two).read('other.bin', 9)).toThrow(
      'w.zip has no entry other.bin. It must hold model.json and the weights that it names.',
    );
  });
});

describe('the head of an entry', () => {
  it.each([1, 16, 512, 4096, 65_536])('of %d bytes is what the entry begins with', (count) => {
    const random = new Uint8Array(100_000);
    for (let i = 1; i < random.length; i++) random[i] = ((random[i - 1] ?? 0) * 137 + i) >>> 1;
    for (const deflate of [true, false]) {
      const { head } = openZip('f', writeZip([{ name: 'a', bytes: random, deflate }]));
      expect(head('a', count)).toEqual(random.subarray(0, count));
    }
  });

  // 64 of them are begun at once, and what is begun cannot be stopped.
  it.each([1, 512, 4096])('of %d bytes has little inflated for it', (count) => {
    const zeros = zipSync({ a: new Uint8Array(50 * MEGABYTE) });
    const { head } = openZip('f', zeros);
    const bytes = inflatedBytes(() => expect(head('a', count)).toEqual(new Uint8Array(count)));
    expect(bytes).toBeLessThan(count + 2 ** 17);
  });

  it('is looked for in so many bytes alone, where they hold nothing', () => {
    const nothing = deflateRawSync(new Uint8Array(0), { finishFlush: constants.Z_SYNC_FLUSH });
    const stored = zipSync({
      a: [Buffer.concat([...new Array<Buffer>(100_000).fill(nothing), bomb()]), { level: 0 }],
    });
    const { head } = openZip('f', altered(stored, CENTRAL, 10, 8, 2));
    expect(inflatedBytes(() => expect(head('a', 16)).toHaveLength(0))).toBe(0);
  });
});

/** 10 GB of zeros in 10 MB: a megabyte, deflated by itself, ten thousand times. */
function bomb(): Uint8Array {
  const piece = deflateRawSync(new Uint8Array(MEGABYTE), { finishFlush: constants.Z_SYNC_FLUSH });
  const end = Buffer.of(3, 0); // an empty last block
  return Buffer.concat([...new Array<Buffer>(10_000).fill(piece), end]);
}

describe('a zip file of 10 MB that inflates to 10 GB', () => {
  eachInjects(22, 'a zip file that inflates a thousandfold');
  const stored = zipSync({ a: [bomb(), { level: 0 }] });
  const deflated = altered(stored, CENTRAL, 10, 8, 2);
  it.each([
    ['refused before it is inflated where it says so', 0xffffffff, 'weights.tooLarge'],
    ['stopped where it says that it is small', 1000, 'weights.zip'],
    ['stopped where it says that it is empty', 0, 'weights.zip'],
    ['stopped at its limit where it says that it just fits', 50 * MEGABYTE, 'weights.zip'],
  ])('is %s', (_, declaredBytes, code) => {
    const zip = altered(deflated, CENTRAL, 24, declaredBytes, 4);
    const before = process.memoryUsage().arrayBuffers;
    const start = process.cpuUsage();
    expect(codeOf(() => openZip('f', zip).read('a', 50 * MEGABYTE))).toBe(code);
    expect(cpuMs(start)).toBeLessThan(2000);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(200 * MEGABYTE);
  });

  it('takes no memory for a size of 2^32-1 that is not there', () => {
    const forged = altered(two, CENTRAL, 24, 0xffffffff, 4);
    expect(expectSafe(() => openZip('f', forged).read('weights.bin', 2 ** 40))).toBe('weights.zip');
  });
});

describe('a zip file that is not right', () => {
  eachInjects(22, 'a forged zip file');
  const many = zipSync(
    Object.fromEntries(Array.from({ length: 65 }, (_, i) => [`f${i}`, new Uint8Array(0)])),
  );
  const renamed = (from: string, to: string) => {
    const bytes = Buffer.from(two);
    for (let at = bytes.indexOf(from); at >= 0; at = bytes.indexOf(from, at + 1))
      bytes.write(to, at);
    return new Uint8Array(bytes);
  };
  it.each([
    ['a cut end', two.subarray(0, two.length - 3), 'it has no end record'],
    ['no bytes', new Uint8Array(0), 'it has no end record'],
    ['65 entries', many, 'it has 65 entries, more than 64'],
    ['100,000 entries', emptyEntries(100_000), 'entries, more than 64'],
    ['65535 entries', altered(two, END, 10, 0xffff, 2), 'it has 65535 entries'],
    [
      'a third entry that is not there',
      altered(two, END, 10, 3, 2),
      'entry 2 is not in its directory',
    ],
    [
      'a directory elsewhere',
      altered(two, END, 16, 0xffffffff, 4),
      'entry 0 is not in its directory',
    ],
    ['a way up', renamed('model.json', '../x/y.jso'), 'the name of entry 0 leads out of the file'],
    ['a way up in Windows', renamed('model.json', 'a\\..\\..\\b.'), 'leads out of the file'],
    ['the root', renamed('model.json', '/etc/passw'), 'leads out of the file'],
    ['a drive', renamed('model.json', 'C:\\windows'), 'leads out of the file'],
    ['one name twice', writeTwice(), 'it has aaaa twice'],
    ['encryption', altered(two, CENTRAL, 8, 1, 2), 'entry 0 is encrypted'],
    ['another method', altered(two, CENTRAL, 10, 14, 2), 'entry 0 is compressed by method 14'],
    [
      'data beyond its end',
      altered(two, CENTRAL, 20, 0xffffffff, 4),
      'entry 0 ends beyond the file',
    ],
    ['no local header', altered(two, LOCAL, 0, 0, 4), 'entry 0 has no data where it should be'],
  ])('(%s) is refused', (_, zip, problem) => {
    expectRefusal(() => openZip('f', zip), 'f is not a readable zip file: ', problem);
  });

  it.each([
    ['checksum', altered(two, CENTRAL, 16, 1, 4)],
    ['size', altered(two, CENTRAL, 24, 199, 4)],
    ['data', altered(two, LOCAL, 45, 0, 2)],
  ])('is refused when the %s of an entry is altered', (_, zip) => {
    const archive = openZip('f', zip);
    const read = () => ['model.json', 'weights.bin'].map((name) => archive.read(name, 1000));
    expectRefusal(read, 'is damaged');
  });

  /** A directory of so many names, whose number its end record cannot hold. */
  function emptyEntries(count: number): Uint8Array {
    const one = Buffer.from(zipSync({ a: new Uint8Array(0) }));
    const [central, end] = [CENTRAL, END].map((signature) => {
      const bytes = Buffer.alloc(4);
      bytes.writeUInt32LE(signature);
      return one.indexOf(bytes);
    });
    const record = one.subarray(central, end);
    const last = Buffer.from(one.subarray(end));
    for (const offset of [8, 10]) last.writeUInt16LE(count % 65_536, offset);
    last.writeUInt32LE(count * record.length, 12);
    const records = new Array<Buffer>(count).fill(record);
    return Buffer.concat([one.subarray(0, central), ...records, last]);
  }

  function writeTwice(): Uint8Array {
    const zip = Buffer.from(zipSync({ aaaa: text('1'), bbbb: text('2') }));
    for (let at = zip.indexOf('bbbb'); at >= 0; at = zip.indexOf('bbbb')) zip.write('aaaa', at);
    return new Uint8Array(zip);
  }

  it('ends in a sentence or in entries, whatever was altered', ({ task }) => {
    fc.assert(
      fc.property(fc.oneof(mutationsOf(two), fc.uint8Array()), (bytes) => {
        expectSafe(() => {
          const { names, read } = openZip('f', bytes);
          for (const name of names) expect(read(name, 300).length).toBeLessThanOrEqual(300);
        });
      }),
      { numRuns: fuzzRuns(3000) },
    );
    noteInputs(task, 'zip', fuzzRuns(3000));
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { NamedTensor } from '../../domain/runs/run.ts';
import { expectRefusal } from '../../util/testing/bothLanguages.ts';
import { eachInjects } from '../../util/testing/faults.ts';
import { expectSafe, fuzzRuns, mutationsOf, noteInputs } from '../testing/fuzz.ts';
import { looksLikeSafetensors, readSafetensors, writeSafetensors } from './safetensors.ts';

const tensor = (name: string, ...shape: number[]): NamedTensor => {
  const count = shape.reduce((product, extent) => product * extent, 1);
  return { name, shape, values: Float32Array.from({ length: count }, (_, i) => i - 0.5) };
};

/** A file with this header as it stands, in front of so many bytes. */
function fileOf(header: string | object, dataBytes = 0): Uint8Array {
  const text = typeof header === 'string' ? header : JSON.stringify(header);
  const json = new TextEncoder().encode(text);
  const file = new Uint8Array(8 + json.length + dataBytes);
  new DataView(file.buffer).setBigUint64(0, BigInt(json.length), true);
  file.set(json, 8);
  return file;
}

const entry = (shape: unknown, offsets: unknown, dtype: unknown = 'F32') => ({
  ...{ dtype, shape, data_offsets: offsets },
});

describe('safetensors', () => {
  const tensors = fc
    .uniqueArray(
      fc.tuple(fc.string({ minLength: 1 }), fc.array(fc.nat(4), { maxLength: 4 }), fc.nat()),
      { selector: ([name]) => name, maxLength: 6 },
    )
    .map((all) =>
      all
        .filter(([name]) => name !== '__metadata__')
        .map(([name, shape, seed]): NamedTensor => {
          const count = shape.reduce((product, extent) => product * extent, 1);
          const bits = Uint32Array.from({ length: count }, (_, i) =>
            Math.imul(seed + i, 2654435761),
          );
          return { name, shape, values: new Float32Array(bits.buffer) };
        }),
    );

  it('come back bit by bit, NaN and minus zero too', () => {
    const metadata = fc.dictionary(fc.string(), fc.string());
    fc.assert(
      fc.property(tensors, metadata, (written, notes) => {
        const read = readSafetensors('f', writeSafetensors(written, notes));
        expect({ ...read.metadata }).toEqual({ ...notes });
        const byName = new Map(read.tensors.map((each) => [each.name, each]));
        expect(byName.size).toBe(written.length);
        for (const { name, shape, values } of written) {
          expect(byName.get(name)?.shape).toEqual(shape);
          const bytes = (floats: Float32Array = new Float32Array()) =>
            Buffer.from(floats.buffer, floats.byteOffset, floats.byteLength);
          expect(bytes(byName.get(name)?.values).equals(bytes(values))).toBe(true);
        }
      }),
    );
  });

  it('are laid out as other readers expect: length, JSON, tensors at a multiple of 8', () => {
    const file = writeSafetensors([tensor('a', 2), tensor('b', 1, 1)], { note: 'x' });
    const length = Number(new DataView(file.buffer).getBigUint64(0, true));
    expect(length % 8).toBe(0);
    expect(JSON.parse(new TextDecoder().decode(file.subarray(8, 8 + length)))).toEqual({
      __metadata__: { note: 'x' },
      a: entry([2], [0, 8]),
      b: entry([1, 1], [8, 12]),
    });
    expect(new Float32Array(file.slice(8 + length).buffer)).toEqual(
      Float32Array.of(-0.5, 0.5, -0.5),
    );
    expect(looksLikeSafetensors(file)).toBe(true);
  });

  it('are read in any order of places, also with an unaligned header', () => {
    const file = fileOf(
      `{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]},
      "b":{"dtype":"F32","shape":[],"data_offsets":[0,4]}}  `,
      8,
    );
    new DataView(file.buffer).setFloat32(file.length - 4, 7, true);
    const { tensors: read } = readSafetensors('f', file);
    expect(read.map(({ name, values }) => [name, values[0]])).toEqual([
      ['a', 7],
      ['b', 0],
    ]);
  });
});

describe('what is no safetensors file', () => {
  it('is refused with what it is', () => {
    const text = new TextEncoder().encode('These are not the weights you are looking for.');
    expect(() => readSafetensors('w.safetensors', text)).toThrow(
      /^w.safetensors is not a safetensors file: its first bytes promise a header of \d+ bytes, but 46 are there. Choose/,
    );
    expect(looksLikeSafetensors(text)).toBe(false);
  });

  it.each([
    ['nothing', new Uint8Array(0), 'it has only 0 bytes'],
    ['no JSON', fileOf('{"a":'), 'its header is not JSON'],
    ['no UTF-8', fileOf('{"a').fill(0xff, 9), 'its header is not JSON'],
    [
      'a length of 2^64-1',
      new Uint8Array(20).fill(255, 0, 8),
      'promise a header of 18446744073709552000',
    ],
  ])('such as %s', (_, file, sentence) => {
    expect(() => readSafetensors('f', file)).toThrow(sentence);
  });
});

describe('a header that lies', () => {
  eachInjects(23, 'a safetensors header that lies');
  const max = 0xffffffff;
  it.each([
    ['a list', fileOf('[]'), 'it is not a JSON object'],
    ['a hole at the start', fileOf({ a: entry([1], [4, 8]) }, 8), 'a begins at byte 4, not at 0'],
    ['a hole', fileOf({ a: entry([1], [0, 4]), b: entry([1], [8, 12]) }, 12), 'b begins at byte 8'],
    [
      'an overlap',
      fileOf({ a: entry([2], [0, 8]), b: entry([2], [4, 12]) }, 12),
      'b begins at byte 4',
    ],
    ['one place twice', fileOf({ a: entry([1], [0, 4]), b: entry([1], [0, 4]) }, 4), 'b begins at'],
    ['an end beyond the file', fileOf({ a: entry([2], [0, 8]) }, 4), 'a ends at byte 8 of 4'],
    ['bytes left over', fileOf({ a: entry([1], [0, 4]) }, 6), 'its tensors end at byte 4 of 6'],
    ['an end before the start', fileOf({ a: entry([0], [4, 0]) }, 4), 'before it begins at 4'],
    ['a shape too large', fileOf({ a: entry([3], [0, 8]) }, 8), 'a of shape 3 has 8 bytes, not 12'],
    ['extents of 2^32-1', fileOf({ a: entry([max, max, max], [0, 4]) }, 4), 'has 4 bytes, not'],
    [
      'a product of 2^32',
      fileOf({ a: entry([65536, 65536], [0, 0]) }),
      'has 0 bytes, not 17179869184',
    ],
    ['a product of 2^64', fileOf({ a: entry([2 ** 32, 2 ** 32], [0, 0]) }), 'has 0 bytes, not'],
    [
      'a negative extent',
      fileOf({ a: entry([-1], [0, 4]) }, 4),
      'a: shape.0 is -1, where >=0 was expected',
    ],
    ['half an extent', fileOf({ a: entry([0.5], [0, 2]) }, 2), 'a: shape.0 is 0.5'],
    [
      'offsets past 2^53',
      fileOf(`{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,1e300]}}`),
      'a: data_offsets.1 is 1e+300, where safe integer was expected',
    ],
    ['three offsets', fileOf({ a: entry([1], [0, 4, 4]) }, 4), 'a: data_offsets.2 does not belong'],
    [
      'a key too many',
      fileOf({ a: { ...entry([1], [0, 4]), url: 'http://x/' } }, 4),
      'a: url does not belong there',
    ],
    [
      'a rank of 9',
      fileOf({ a: entry(new Array(9).fill(1), [0, 4]) }, 4),
      'a: shape has a length of 9',
    ],
    ['no entry', fileOf({ a: null }), 'a is not a JSON object'],
    ['metadata that is a list', fileOf({ __metadata__: ['x'] }), 'does not map strings to strings'],
    ['metadata of numbers', fileOf({ __metadata__: { a: 1 } }), 'does not map strings to strings'],
  ])('(%s) is refused', (_, file, problem) => {
    expectRefusal(() => readSafetensors('f', file), 'The header of f is not valid: ', problem);
  });

  // 1, -2, 0.5 and the smallest number of 16 bits that is not 0, by their bits.
  it.each([
    ['F16', Uint16Array.of(0x3c00, 0xc000, 0x3800, 1), [1, -2, 0.5, 2 ** -24]],
    ['BF16', Uint16Array.of(0x3f80, 0xc000, 0x3f00, 1), [1, -2, 0.5, 2 ** -133]],
    ['F64', Float64Array.of(1, -2, 0.5, 1 / 3), [1, -2, 0.5, Math.fround(1 / 3)]],
  ] as const)('of type %s become 32-bit floats', (dtype, numbers, expected) => {
    const bytes = new Uint8Array(numbers.buffer);
    const file = fileOf({ a: entry([2, 2], [0, bytes.length], dtype) }, bytes.length);
    file.set(bytes, file.length - bytes.length);
    expect([...(readSafetensors('f', file).tensors[0]?.values ?? [])]).toEqual(expected);
  });

  it.each(['F8_E4M3', 'I64', 'I8', 'U8', 'BOOL', 'toString'])(
    'of type %s is refused by name',
    (dtype) => {
      const file = fileOf({ 'fc8/bias': entry([1], [0, 4], dtype) }, 4);
      expect(() => readSafetensors('f', file)).toThrow(
        `The tensor fc8/bias in f has type ${dtype}; floating ones`,
      );
    },
  );

  it('leaves prototypes alone', () => {
    const file = fileOf(
      '{"__proto__":{"dtype":"F32","shape":[1],"data_offsets":[0,4],"polluted":1}}',
      4,
    );
    expectSafe(() => readSafetensors('f', file));
    const notes = fileOf('{"__metadata__":{"__proto__":"polluted","constructor":"x"}}');
    expectSafe(() => readSafetensors('f', notes));
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  const deep = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;
  it.each(
    [10_000, 1_000_000].flatMap((depth) => [
      { place: 'the header', depth, file: fileOf(deep(depth)) },
      { place: 'an entry', depth, file: fileOf(`{"a":${deep(depth)}}`) },
      { place: 'a shape', depth, file: fileOf(`{"a":{"shape":${deep(depth)}}}`) },
    ]),
  )('with $depth levels in $place is refused at once', ({ file }) => {
    expect(expectSafe(() => readSafetensors('f', file))).toBe('weights.notSafetensors');
  });

  it('may have as many entries as it likes', () => {
    const entries = Array.from({ length: 2000 }, (_, i) => [`t${i}`, entry([0], [0, 0])]);
    const file = fileOf(Object.fromEntries(entries));
    expect(expectSafe(() => readSafetensors('f', file))).toBe('weights.header');
  });

  it.each([
    ['8 million keys', `{${'"":0,'.repeat(8e6)}"":0}`],
    ['a million keys within 4 MB', `{${'"":0,'.repeat(8e5)}"":0}`],
    ['a million empty lists', `[${'[],'.repeat(1e6)}[]]`],
  ])('with %s is refused at once', (_, text) => {
    expect(expectSafe(() => readSafetensors('f', fileOf(text)))).toBe('weights.notSafetensors');
  });
});

describe('hostile safetensors files', () => {
  const valid = writeSafetensors([tensor('a', 3, 2), tensor('b', 4)], { workbench: '{}' });
  const headers = fc
    .dictionary(
      fc.constantFrom('a', 'b', '__metadata__', '__proto__'),
      fc.oneof(
        fc.anything(),
        fc.record({
          dtype: fc.constantFrom('F32', 'F16', 'BF16', 'F64', 'U8', 7),
          shape: fc.array(fc.oneof(fc.nat(4), fc.maxSafeNat())),
          data_offsets: fc.array(fc.oneof(fc.nat(40), fc.maxSafeNat()), { maxLength: 3 }),
        }),
      ),
    )
    .map((header) =>
      fileOf(
        JSON.stringify(header, (_, value) => (typeof value === 'bigint' ? 1 : value)),
        16,
      ),
    );

  it('end in a sentence or in tensors that fill them', ({ task }) => {
    fc.assert(
      fc.property(fc.oneof(mutationsOf(valid), headers, fc.uint8Array()), (bytes) => {
        expectSafe(() => {
          const { tensors } = readSafetensors('f', bytes);
          const total = tensors.reduce((sum, { values }) => sum + values.byteLength, 0);
          expect(total).toBeLessThanOrEqual(bytes.length);
        });
      }),
      { numRuns: fuzzRuns(3000) },
    );
    noteInputs(task, 'safetensors', fuzzRuns(3000));
  });
});

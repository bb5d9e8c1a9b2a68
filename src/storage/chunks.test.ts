import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hashOf } from '../util/bytePieces.ts';
import { ChunkUnpacker, packChunks, tensorEntries } from './chunks.ts';

const tensor = fc
  .array(fc.float({ noNaN: false }), { maxLength: 40 })
  .map((values) => ({ shape: [values.length], values: Float32Array.from(values) }));
const tensors = fc
  .array(tensor, { maxLength: 6 })
  .map((list) => list.map((t, i) => ({ ...t, name: `layer${i}/kernel` })));

describe('tensors travel as chunks', () => {
  it('and come back to the bit, whatever the chunk size', () => {
    fc.assert(
      fc.property(tensors, fc.integer({ min: 1, max: 70 }), (original, chunkBytes) => {
        const chunks = [...packChunks(original, chunkBytes)];
        const unpacker = new ChunkUnpacker(tensorEntries(original));
        for (const chunk of chunks) {
          expect(chunk.length).toBeLessThanOrEqual(chunkBytes);
          unpacker.add(chunk);
        }
        const bits = ({ values }: { values: Float32Array }) => new Uint8Array(values.buffer);
        expect(unpacker.tensors.map(bits)).toEqual(original.map(bits));
      }),
    );
  });

  it('and say so when some are missing', () => {
    const original = [{ name: 'a', shape: [4], values: Float32Array.of(1, 2, 3, 4) }];
    const unpacker = new ChunkUnpacker(tensorEntries(original));
    const [first] = [...packChunks(original, 8)];
    unpacker.add(first ?? new Uint8Array());
    expect(unpacker.complete).toBe(false);
  });

  it('whose hash is SHA-256', async () => {
    expect(await hashOf(new TextEncoder().encode('abc'))).toBe(
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    );
  });
});

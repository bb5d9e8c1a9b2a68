import { at } from './assert.ts';

/**
 * Counter-based random numbers: a pure function of (seed, stream, counter, index).
 *
 * Nothing is remembered between calls, so a run that resumes at step 700 draws what the
 * uninterrupted run drew there, in any order and on any engine. The hash is pcg4d of
 * M. Jarzynski and M. Olano, "Hash Functions for GPU Rendering", JCGT 9(3), 2020: 32-bit integer
 * multiplications and additions alone, so that JavaScript and WGSL give the same bits.
 */

/** What a number is drawn for. Two streams never share numbers. */
export const RandomStream = {
  split: 1,
  shuffle: 2,
  initialWeights: 3,
  dropout: 4,
  augmentation: 5,
  colours: 6,
  mixture: 7,
  explanations: 8,
} as const;

/** Hashes four unsigned 32-bit integers into four. */
export function pcg4d(
  x: number,
  y: number,
  z: number,
  w: number,
): [number, number, number, number] {
  let a = (Math.imul(x, 1664525) + 1013904223) | 0;
  let b = (Math.imul(y, 1664525) + 1013904223) | 0;
  let c = (Math.imul(z, 1664525) + 1013904223) | 0;
  let d = (Math.imul(w, 1664525) + 1013904223) | 0;
  for (let round = 0; round < 2; round++) {
    a = (a + Math.imul(b, d)) | 0;
    b = (b + Math.imul(c, a)) | 0;
    c = (c + Math.imul(a, b)) | 0;
    d = (d + Math.imul(b, c)) | 0;
    if (round === 0) {
      a ^= a >>> 16;
      b ^= b >>> 16;
      c ^= c >>> 16;
      d ^= d >>> 16;
    }
  }
  return [a >>> 0, b >>> 0, c >>> 0, d >>> 0];
}

/** Uniform in [0, 1) with 24 random bits, the same value in f32 and f64. */
export function uniformFromBits(bits: number): number {
  return (bits >>> 8) / 16777216;
}

/** `count` standard normal numbers by the Box-Muller transform, two from each hash. */
export function normals(
  seed: number,
  stream: number,
  counter: number,
  count: number,
): Float32Array {
  const out = new Float32Array(count);
  for (let pair = 0; 2 * pair < count; pair++) {
    const [a, b] = pcg4d(seed, stream, counter, pair);
    const radius = Math.sqrt(-2 * Math.log((a + 1) / 4294967296));
    const angle = (2 * Math.PI * b) / 4294967296;
    out[2 * pair] = radius * Math.cos(angle);
    if (2 * pair + 1 < count) out[2 * pair + 1] = radius * Math.sin(angle);
  }
  return out;
}

/** A uniformly random order of 0..count-1 (Fisher-Yates). */
export function permutation(
  seed: number,
  stream: number,
  counter: number,
  count: number,
): Uint32Array {
  const order = Uint32Array.from({ length: count }, (_, i) => i);
  for (let i = count - 1; i > 0; i--) {
    const [bits] = pcg4d(seed, stream, counter, i);
    // Some places are likelier by (i + 1) / 2^32: 1.4e-5 of a chance for MNIST, 2.4e-4 for a million.
    const j = Math.floor((bits / 4294967296) * (i + 1));
    const swapped = at(order, i);
    order[i] = at(order, j);
    order[j] = swapped;
  }
  return order;
}

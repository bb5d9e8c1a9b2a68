import { firstElement, storeFirst } from './elements';
import { STEPS_DONE } from './step';

/**
 * Dropout (Srivastava et al., JMLR 15, 2014), in place, with the mask of `engine/dropoutMask.ts`:
 *
 *   y[i] <- 0 where (hash[i mod 4] >> 8) < dropBelow, else scale * y[i]
 *   hash = pcg4d(seed, stream, step.stepsDone, i div 4)
 *
 * pcg4d: M. Jarzynski and M. Olano, "Hash Functions for GPU Rendering", JCGT 9(3), 2020. The lanes
 * of a vector are four counters; a transposition brings the hashes into the order of the elements.
 */
export function dropout(
  y: usize,
  count: i32,
  seed: i32,
  stream: i32,
  dropBelow: i32,
  scale: f32,
  step: usize,
  thread: i32,
  threads: i32,
): void {
  const first = firstElement(count, thread, threads);
  const end = firstElement(count, thread + 1, threads);
  const a0 = scramble(seed);
  const b0 = scramble(stream);
  const c0 = scramble(load<i32>(step, STEPS_DONE));
  const c0s = i32x4.splat(c0);
  const counters = i32x4.add(i32x4.splat(first >> 2), i32x4(0, 1, 2, 3));
  // As a0, b0 and c0 are the same for all elements, the next three values are linear in the counter:
  // additions carry them from one group to the next.
  let d = i32x4.add(i32x4.mul(counters, i32x4.splat(MULTIPLIER)), i32x4.splat(INCREMENT));
  let a = i32x4.add(i32x4.splat(a0), i32x4.mul(i32x4.splat(b0), d));
  let b = i32x4.add(i32x4.splat(b0), i32x4.mul(c0s, a));
  const dStep = 4 * MULTIPLIER;
  const aStep = b0 * dStep;
  const bStep = c0 * aStep;
  const dSteps = i32x4.splat(dStep);
  const aSteps = i32x4.splat(aStep);
  const bSteps = i32x4.splat(bStep);
  const highestDropped = i32x4.splat(dropBelow - 1);
  const scales = f32x4.splat(scale);

  for (let i = first; i < end; i += 16) {
    const c1 = i32x4.add(c0s, i32x4.mul(a, b));
    const d1 = i32x4.add(d, i32x4.mul(b, c1));
    let ha = foldHigh(a);
    let hb = foldHigh(b);
    let hc = foldHigh(c1);
    let hd = foldHigh(d1);
    ha = i32x4.add(ha, i32x4.mul(hb, hd));
    hb = i32x4.add(hb, i32x4.mul(hc, ha));
    hc = i32x4.add(hc, i32x4.mul(ha, hb));
    hd = i32x4.add(hd, i32x4.mul(hb, hc));

    const ab = v128.shuffle<f32>(ha, hb, 0, 4, 1, 5);
    const cd = v128.shuffle<f32>(hc, hd, 0, 4, 1, 5);
    const abHigh = v128.shuffle<f32>(ha, hb, 2, 6, 3, 7);
    const cdHigh = v128.shuffle<f32>(hc, hd, 2, 6, 3, 7);
    const hash0 = v128.shuffle<f32>(ab, cd, 0, 1, 4, 5);
    const hash1 = v128.shuffle<f32>(ab, cd, 2, 3, 6, 7);
    const hash2 = v128.shuffle<f32>(abHigh, cdHigh, 0, 1, 4, 5);
    const hash3 = v128.shuffle<f32>(abHigh, cdHigh, 2, 3, 6, 7);

    const at = y + (usize(i) << 2);
    drop(at, hash0, highestDropped, scales, end - i);
    drop(at + 16, hash1, highestDropped, scales, end - i - 4);
    drop(at + 32, hash2, highestDropped, scales, end - i - 8);
    drop(at + 48, hash3, highestDropped, scales, end - i - 12);
    a = i32x4.add(a, aSteps);
    b = i32x4.add(b, bSteps);
    d = i32x4.add(d, dSteps);
  }
}

const MULTIPLIER: i32 = 1664525;
const INCREMENT: i32 = 1013904223;

function scramble(word: i32): i32 {
  return word * MULTIPLIER + INCREMENT;
}

function foldHigh(word: v128): v128 {
  return v128.xor(word, i32x4.shr_u(word, 16));
}

function drop(y: usize, hash: v128, highestDropped: v128, scale: v128, count: i32): void {
  if (count <= 0) return;
  const kept = i32x4.gt_s(i32x4.shr_u(hash, 8), highestDropped);
  storeFirst(y, v128.and(f32x4.mul(v128.load(y), scale), kept), count);
}

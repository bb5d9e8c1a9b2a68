import { expect } from 'vitest';
import type { KernelName } from '../simdKernels.ts';
import type { KernelLab } from './kernelLab.ts';

/** Bytes of memory. */
export interface Range {
  readonly at: number;
  readonly bytes: number;
}

/** Wider than any vector or tile's row, so that what runs over an end runs into it. */
const GUARD = 64;

/** Room for so many bytes, between guards of 255: in zeros, zeros that are written would not show. */
export function guarded(lab: KernelLab, bytes: number): Range {
  return { at: lab.bytes(GUARD + bytes + GUARD) + GUARD, bytes };
}

/** Scratch of so many bytes for each thread, with a guard behind each. */
export function guardedScratch(lab: KernelLab, bytes: number, threads: number) {
  const pitch = bytes + GUARD;
  const { at } = guarded(lab, threads * pitch);
  const ranges = Array.from({ length: threads }, (_, i) => ({ at: at + i * pitch, bytes }));
  return { args: [at, pitch], ranges };
}

/** Calls the kernel and makes sure that it changes nothing in the memory but what lies in `ranges`. */
export function runWithin(
  lab: KernelLab,
  kernel: KernelName,
  args: readonly number[],
  threads: number,
  ranges: readonly Range[],
): void {
  const end = lab.bytes(0);
  const outside = () => {
    const contents = lab.readBytes(0, end);
    for (const { at, bytes } of ranges) contents.fill(0, at, at + bytes);
    return contents;
  };
  const before = outside();
  lab.run(kernel, args, threads);
  const after = outside();
  // Looked for by hand: `toEqual` takes its time with so many bytes.
  const changed = after.findIndex((byte, i) => byte !== before[i]);
  expect(changed, `the first byte that ${kernel} changed and should not have`).toBe(-1);
}

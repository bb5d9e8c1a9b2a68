import fc from 'fast-check';
import { expect } from 'vitest';
import { WorkbenchError } from '../../util/errors.ts';

/**
 * How many inputs a fuzzing test makes: as many as FUZZ_RUNS says, few enough without it. For many,
 * `FUZZ_RUNS=100000 npx vitest run --project node --testTimeout=0 src/formats`.
 */
export function fuzzRuns(otherwise: number): number {
  return Number(process.env.FUZZ_RUNS ?? otherwise);
}

/** The code of the refusal that `run` ends in, or 'accepted'. Any other error is a bug. */
export function codeOf(run: () => unknown): string {
  try {
    run();
    return 'accepted';
  } catch (error) {
    if (error instanceof WorkbenchError) return error.code;
    throw error;
  }
}

/** A valid file with a few bytes altered, a part cut out or repeated, or its end cut off. */
export function mutationsOf(valid: Uint8Array): fc.Arbitrary<Uint8Array> {
  const place = fc.nat(Math.max(0, valid.length - 1));
  const altered = fc
    .array(fc.tuple(place, fc.nat(255)), { minLength: 1, maxLength: 8 })
    .map((changes) => {
      const bytes = valid.slice();
      for (const [at, value] of changes) bytes[at] = value;
      return bytes;
    });
  const cut = place.map((length) => valid.slice(0, length));
  const spliced = fc.tuple(place, place, place).map(([from, to, again]) => {
    const parts = [valid.subarray(0, from), valid.subarray(again, again + 40), valid.subarray(to)];
    return Uint8Array.from(parts.flatMap((part) => [...part]));
  });
  return fc.oneof(altered, cut, spliced);
}

/** Whatever comes in, `run` ends in a sentence or a result, within a second, prototypes unchanged. */
export function expectSafe(run: () => unknown): string {
  const start = performance.now();
  const code = codeOf(run);
  expect(performance.now() - start).toBeLessThan(1000);
  expect(Object.keys(Object.prototype)).toEqual([]);
  return code;
}

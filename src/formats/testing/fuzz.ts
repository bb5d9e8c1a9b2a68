import fc from 'fast-check';
import { expect } from 'vitest';
import { WorkbenchError } from '../../util/errors.ts';
import { faultTimes } from '../../util/testing/faults.ts';

/**
 * How many inputs a fuzzing test makes: as many as FUZZ_RUNS says, few enough without it. For many,
 * `FUZZ_RUNS=100000 npx vitest run --project node --testTimeout=0 src/formats`; with the other faults,
 * `npm run faults`.
 */
export function fuzzRuns(otherwise: number): number {
  return Number(process.env.FUZZ_RUNS ?? faultTimes(100_000, otherwise));
}

/** The longest that one input has taken since the last note, in seconds. */
let worstSeconds = 0;

function expectWithinASecond(ms: number): void {
  worstSeconds = Math.max(worstSeconds, ms / 1000);
  expect(ms).toBeLessThan(1000);
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
  expectWithinASecond(performance.now() - start);
  expect(Object.keys(Object.prototype)).toEqual([]);
  return code;
}

/**
 * The same for what ends later. The second is one of the processor's, for at low priority on a busy
 * machine whatever is waited for can take longer than that.
 */
export async function expectSafeLater(run: () => Promise<unknown>): Promise<string> {
  const start = process.cpuUsage();
  const error = await run().then(
    () => undefined,
    (reason: unknown) => reason,
  );
  const { user, system } = process.cpuUsage(start);
  expectWithinASecond((user + system) / 1000);
  expect(Object.keys(Object.prototype)).toEqual([]);
  if (error === undefined) return 'accepted';
  if (error instanceof WorkbenchError) return error.code;
  throw error;
}

/** Notes for the table of faults that `inputs` generated inputs were given, and all survived. */
export function noteInputs(task: { readonly meta: object }, parser: string, inputs: number): void {
  const words = `generated inputs: ${parser}`;
  const worstRecoverySeconds = worstSeconds;
  worstSeconds = 0;
  const fault = { case: 24, words, injected: inputs, survived: inputs, worstRecoverySeconds };
  Object.assign(task.meta, { fault });
}

import fc from 'fast-check';

/**
 * Gives every property test the same generated inputs each time, so that a change alone can break
 * it; `FUZZ_SEED=random` or a number looks elsewhere.
 */
const asked = process.env.FUZZ_SEED ?? '1';
if (asked !== 'random') fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(asked) });

/**
 * What a runner gave.
 * @typedef {object} Outcome
 * @property {number} passed
 * @property {number} failed
 * @property {readonly string[]} skipped the name of each skipped test, with its reason
 */

/** @type {Outcome} */
export const noOutcome = { passed: 0, failed: 0, skipped: [] };

/** @param {Outcome} a @param {Outcome} b @returns {Outcome} */
export function add(a, b) {
  return {
    passed: a.passed + b.passed,
    failed: a.failed + b.failed,
    skipped: [...a.skipped, ...b.skipped],
  };
}

/**
 * One step that either works or does not.
 * @param {boolean} worked
 * @returns {Outcome}
 */
export function single(worked) {
  return { ...noOutcome, [worked ? 'passed' : 'failed']: 1 };
}

/** The last line of a run. @param {Outcome} outcome */
export function closingLine({ passed, failed, skipped }) {
  const line = `${passed} passed, ${failed} failed`;
  return skipped.length === 0 ? line : `${line}, ${skipped.length} skipped`;
}

/** A run in which nothing was tested has shown nothing. @param {Outcome} outcome */
export function exitStatus({ passed, failed }) {
  return failed === 0 && passed > 0 ? 0 : 1;
}

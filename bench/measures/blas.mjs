/**
 * The library of matrix products that a native contestant found, which may be ten times as slow as another.
 * @param {readonly Readonly<Record<string, string | number>>[]} facts of contestants
 * @returns {string | undefined}
 */
export function blasIn(facts) {
  const told = facts.map(({ BLAS }) => BLAS).find((blas) => blas !== undefined);
  return told === undefined ? undefined : String(told);
}

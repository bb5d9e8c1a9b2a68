/** The quantile of the normal distribution that holds 95 % of it. */
const Z = 1.96;

/**
 * Where the true share lies with 95 % certainty, when it was measured to be `share` (0 to 1) of so many
 * trials: Wilson's score interval (Wilson 1927), which stays within 0 and 1 where few trials failed.
 */
export function shareInterval(share: number, trials: number): readonly [low: number, high: number] {
  if (trials === 0) return [0, 1];
  const z2 = Z * Z;
  const center = (share + z2 / (2 * trials)) / (1 + z2 / trials);
  const spread =
    (Z / (1 + z2 / trials)) *
    Math.sqrt((share * (1 - share)) / trials + z2 / (4 * trials * trials));
  return [Math.max(0, center - spread), Math.min(1, center + spread)];
}

/** Two-sided 95 %, in standard deviations of a normal distribution. */
const Z = 1.959964;

export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** The same of a share from 0 to 1 that was measured on so many images. */
export function accuracyInterval(accuracy: number, images: number): Interval {
  return wilsonInterval(accuracy * images, images);
}

/**
 * Where a share that was seen in few trials may lie in truth, from 0 to 1, with 95 % confidence
 * (Wilson, 1927: Probable inference, the law of succession, and statistical inference).
 *
 *     (p + z²/2n ± z √(p(1 − p)/n + z²/4n²)) / (1 + z²/n)
 *
 * Method 3 of Newcombe, 1998 (Two-sided confidence intervals for the single proportion, Statistics in
 * Medicine 17, 857-872). Unlike p ± z √(p(1 − p)/n) it stays within 0 and 1, and is no point where all trials succeeded.
 *
 * @param total at least 1
 */
export function wilsonInterval(right: number, total: number): Interval {
  const share = right / total;
  const weight = Z ** 2 / total;
  const middle = share + weight / 2;
  const half = Z * Math.sqrt((share * (1 - share)) / total + weight / (4 * total));
  return {
    low: Math.max(0, (middle - half) / (1 + weight)),
    high: Math.min(1, (middle + half) / (1 + weight)),
  };
}

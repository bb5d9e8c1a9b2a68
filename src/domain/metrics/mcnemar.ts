/**
 * Whether two networks differ on the images that both read. Only those tell that one of them alone read
 * right: were the two alike, each such image would be the one's or the other's as a coin falls (Q. McNemar,
 * "Note on the sampling error of the difference between correlated proportions or percentages",
 * Psychometrika 12, 1947, 153-157).
 */
export interface McNemarTest {
  /** How likely so uneven a split is of networks that are alike, both sides counted: 0 to 1. */
  readonly p: number;
  /** `exact`: by the binomial distribution; else by chi-squared of one degree of freedom. */
  readonly method: 'exact' | 'chiSquared';
}

/** From so many images on the normal distribution is as good as the binomial one. */
const LEAST_FOR_NORMAL = 25;

/**
 * With `b` and `c` images that one network alone read right, `n = b + c`: of few images
 *
 *     p = min(1, 2 * sum of C(n, k) / 2^n over k from 0 to min(b, c))
 *
 * and of more, with the correction for continuity (A. L. Edwards, Psychometrika 13, 1948, 185-187)
 *
 *     chi^2 = max(0, |b - c| - 1)^2 / n,   p = erfc(sqrt(chi^2 / 2))
 */
export function mcnemarTest(onlyFirst: number, onlySecond: number): McNemarTest {
  const n = onlyFirst + onlySecond;
  if (n < LEAST_FOR_NORMAL) {
    return { p: twoSidedBinomial(Math.min(onlyFirst, onlySecond), n), method: 'exact' };
  }
  const chi = Math.max(0, Math.abs(onlyFirst - onlySecond) - 1) / Math.sqrt(n);
  return { p: complementaryError(chi / Math.SQRT2), method: 'chiSquared' };
}

function twoSidedBinomial(fewer: number, n: number): number {
  let term = 2 ** -n;
  let sum = 0;
  for (let k = 0; k <= fewer; k++) {
    sum += term;
    term *= (n - k) / (k + 1);
  }
  return Math.min(1, 2 * sum);
}

/**
 * The complementary error function of x >= 0, within 1.2e-7 of its value (W. H. Press et al., "Numerical
 * Recipes", section 6.2): `t exp(-x^2 + P(t))` with `t = 1 / (1 + x / 2)` and a fitted polynomial P.
 */
function complementaryError(x: number): number {
  const t = 1 / (1 + x / 2);
  const exponent = polynomial.reduceRight((sum, coefficient) => sum * t + coefficient, 0);
  return Math.min(1, t * Math.exp(exponent - x * x));
}

const polynomial = [
  ...[-1.26551223, 1.00002368, 0.37409196, 0.09678418, -0.18628806],
  ...[0.27886807, -1.13520398, 1.48851587, -0.82215223, 0.17087277],
];

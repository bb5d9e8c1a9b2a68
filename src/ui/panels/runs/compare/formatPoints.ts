/** A difference of shares in percentage points, with its sign: +1.25, −0.40. */
export function formatPoints(difference: number, language: string): string {
  return new Intl.NumberFormat(language, {
    minimumFractionDigits: 2,
    maximumFractionDigits: 2,
    signDisplay: 'exceptZero',
  }).format(100 * difference);
}

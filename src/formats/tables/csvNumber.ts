/** Bytes that stand in numbers and beside them. */
export const [ZERO, QUOTE, SPACE, TAB, LF, CR] = [0x30, 0x22, 0x20, 0x09, 0x0a, 0x0d] as const;
const [PLUS, MINUS, POINT, CAPITAL_E, SMALL_E] = [0x2b, 0x2d, 0x2e, 0x45, 0x65] as const;
/** As many digits as a double holds; the others only move the point. */
const MOST_DIGITS = 15;
const POWERS = Array.from({ length: 23 }, (_, power) => 10 ** power);

/**
 * The number that stands between two places of a text, without making a string of it: `-1.5e+00` and what
 * is simpler. NaN where it is none.
 * @param mark the byte before the fraction
 */
export function numberAt(
  bytes: Uint8Array,
  start: number,
  end: number,
  mark: number = POINT,
): number {
  let i = start;
  let isNegative = false;
  if (bytes[i] === MINUS || bytes[i] === PLUS) isNegative = bytes[i++] === MINUS;
  let [mantissa, digits, exponent, hasDigits] = [0, 0, 0, false];
  let isFraction = false;
  for (; i < end; i++) {
    const byte = bytes[i] as number;
    const digit = byte - ZERO;
    if (digit >= 0 && digit <= 9) {
      hasDigits = true;
      if (digits < MOST_DIGITS) {
        mantissa = 10 * mantissa + digit;
        if (mantissa > 0) digits++;
        if (isFraction) exponent--;
      } else if (!isFraction) exponent++;
    } else if (byte === mark && !isFraction) isFraction = true;
    else break;
  }
  if (!hasDigits) return Number.NaN;
  if (i < end) {
    if (bytes[i] !== SMALL_E && bytes[i] !== CAPITAL_E) return Number.NaN;
    exponent += wholeAt(bytes, i + 1, end);
    if (Number.isNaN(exponent)) return Number.NaN;
  }
  const value = scaled(mantissa, exponent);
  return isNegative ? -value : value;
}

function scaled(mantissa: number, exponent: number): number {
  if (exponent === 0 || mantissa === 0) return mantissa;
  const power = POWERS[Math.abs(exponent)];
  if (power === undefined) return mantissa * 10 ** exponent;
  return exponent < 0 ? mantissa / power : mantissa * power;
}

/** A whole number with its sign, of a few digits. */
function wholeAt(bytes: Uint8Array, start: number, end: number): number {
  let i = start;
  const isNegative = bytes[i] === MINUS;
  if (isNegative || bytes[i] === PLUS) i++;
  if (i >= end || end - i > 3) return Number.NaN;
  let value = 0;
  for (; i < end; i++) {
    const digit = (bytes[i] as number) - ZERO;
    if (digit < 0 || digit > 9) return Number.NaN;
    value = 10 * value + digit;
  }
  return isNegative ? -value : value;
}

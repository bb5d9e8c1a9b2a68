/** Numbers as people read them, in the language of the page. */

const formatters = new Map<string, Intl.NumberFormat>();

function formatter(language: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `${language} ${JSON.stringify(options)}`;
  const known = formatters.get(key);
  if (known) return known;
  const made = new Intl.NumberFormat(language, options);
  formatters.set(key, made);
  return made;
}

export function formatCount(value: number, language: string): string {
  return formatter(language, { maximumFractionDigits: 0 }).format(value);
}

/** 37.3 M, 315 M, 5.1 K. */
export function formatCompact(value: number, language: string): string {
  return formatter(language, { notation: 'compact', maximumSignificantDigits: 3 }).format(value);
}

/** A share from 0 to 1. */
export function formatPercent(share: number, language: string, digits = 2): string {
  return formatter(language, {
    style: 'percent',
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(share);
}

/** Two shares from 0 to 1 with one sign of per cent: `98.40–98.86%`. */
export function formatRange(
  { low, high }: { readonly low: number; readonly high: number },
  language: string,
  digits = 2,
): string {
  const least = formatter(language, {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(100 * low);
  return `${least}–${formatPercent(high, language, digits)}`;
}

/** A probability of a test: `= 0.023`, or `< 0.001`. */
export function formatPValue(p: number, language: string): string {
  const digits = formatter(language, { minimumFractionDigits: 3, maximumFractionDigits: 3 });
  return p < 0.001 ? `< ${digits.format(0.001)}` : `= ${digits.format(p)}`;
}

/** A difference of two shares, in percentage points: `+0.12` with its sign, or `0.12` without a plus. */
export function formatPoints(
  difference: number,
  language: string,
  signDisplay: 'exceptZero' | 'negative' = 'exceptZero',
): string {
  return formatter(language, {
    signDisplay,
    minimumFractionDigits: 2,
    maximumFractionDigits: 2,
  }).format(100 * difference);
}

export function formatLoss(loss: number, language: string): string {
  return formatter(language, { minimumFractionDigits: 4, maximumFractionDigits: 4 }).format(loss);
}

const BYTE_UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;

/** Decimal units: 1 MB is 1,000,000 bytes. */
export function formatBytes(bytes: number, language: string): string {
  const power = bytes < 1 ? 0 : Math.min(3, Math.floor(Math.log10(bytes) / 3));
  return formatter(language, {
    style: 'unit',
    unit: BYTE_UNITS[power] ?? 'byte',
    unitDisplay: power === 0 ? 'long' : 'short',
    maximumSignificantDigits: 3,
  }).format(bytes / 1000 ** power);
}

const TIME_UNITS = [
  { unit: 'hour', seconds: 3600 },
  { unit: 'minute', seconds: 60 },
] as const;

/** The two largest units: 1 hr 5 min, 3 min 20 sec, 8 sec. */
export function formatDuration(seconds: number, language: string): string {
  const whole = Math.max(0, Math.round(seconds));
  const part = (value: number, unit: string) =>
    formatter(language, { style: 'unit', unit, unitDisplay: 'short' }).format(value);
  const large = TIME_UNITS.find((unit) => whole >= unit.seconds);
  if (!large) return part(whole, 'second');
  const rest = whole % large.seconds;
  const small =
    large.unit === 'hour' ? part(Math.floor(rest / 60), 'minute') : part(rest, 'second');
  return `${part(Math.floor(whole / large.seconds), large.unit)} ${small}`;
}

export function formatDate(milliseconds: number, language: string): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' }).format(
    milliseconds,
  );
}

export function formatTime(milliseconds: number, language: string): string {
  return new Intl.DateTimeFormat(language, { timeStyle: 'medium' }).format(milliseconds);
}

/** `28 × 28 × 96` */
export function formatShape(shape: readonly number[]): string {
  return shape.join(' × ');
}

/** A setting, with every digit that it has. */
export function formatExact(value: number, language: string): string {
  return formatter(language, { maximumFractionDigits: 12 }).format(value);
}

/** 1/4 for 0.25; a decimal where it is not one over a whole number. */
export function formatWidth(width: number): string {
  const denominator = 1 / width;
  if (denominator === 1) return '1';
  return Number.isInteger(denominator) ? `1/${denominator}` : String(width);
}

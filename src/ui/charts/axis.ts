/** An axis: its ends, and where its lines and numbers stand. */
export interface Axis {
  readonly domain: readonly [low: number, high: number];
  readonly ticks: readonly number[];
}

/** A logarithmic axis has no zero: a loss below this is drawn here. */
export const LOG_FLOOR = 1e-6;
/** Room above the highest and below the lowest value. */
const LOG_MARGIN = 1.15;

/** From 0 to the run's last step, which need not be a round number. */
export function stepAxis(steps: number, most: number): Axis {
  const interval = Math.max(1, niceInterval(steps / most));
  return { domain: [0, steps], ticks: multiples(interval, 0, steps) };
}

/** From 0 to where the longest run ends, in seconds, of which it may have taken less than one. */
export function timeAxis(seconds: number, most: number): Axis {
  const end = seconds > 0 ? seconds : 1;
  return { domain: [0, end], ticks: multiples(niceInterval(end / most), 0, end) };
}

/** From `low` to a round number that holds all values. */
export function linearAxis(low: number, values: readonly number[], most: number): Axis {
  const peak = values.reduce((high, value) => Math.max(high, value), low);
  const highest = peak > low ? peak : low + 1;
  const interval = niceInterval((highest - low) / most);
  const high = low + interval * Math.max(1, Math.ceil((highest - low) / interval - 1e-9));
  return { domain: [low, high], ticks: multiples(interval, low, high) };
}

/** From a round number below all values and 0 to one above them. */
export function signedAxis(values: readonly number[], most: number): Axis {
  const low = values.reduce((least, value) => Math.min(least, value), 0);
  const high = values.reduce((greatest, value) => Math.max(greatest, value), 0);
  const interval = niceInterval((high > low ? high - low : 1) / most);
  const first = Math.floor(low / interval + 1e-9);
  const last = Math.max(first + 1, Math.ceil(high / interval - 1e-9));
  const ticks = Array.from({ length: last - first + 1 }, (_, i) => rounded((first + i) * interval));
  return { domain: [rounded(first * interval), rounded(last * interval)], ticks };
}

/** As far as the values go, with lines at the powers of ten; at 2 and 5 too while they are few. */
export function logAxis(values: readonly number[]): Axis {
  if (values.length === 0) return { domain: [0.1, 10], ticks: [0.1, 1, 10] };
  const positive = values.map((value) => Math.max(value, LOG_FLOOR));
  const lowest = positive.reduce((low, value) => Math.min(low, value), Number.POSITIVE_INFINITY);
  const highest = positive.reduce((high, value) => Math.max(high, value), 0);
  const domain = [lowest / LOG_MARGIN, highest * LOG_MARGIN] as const;
  const first = Math.floor(Math.log10(domain[0]));
  const powers = Array.from({ length: Math.ceil(Math.log10(domain[1])) - first + 1 }, (_, i) =>
    rounded(10 ** (first + i)),
  );
  const isInside = (tick: number) => tick >= domain[0] && tick <= domain[1];
  const factors = powers.filter(isInside).length <= 3 ? [1, 2, 5] : [1];
  const ticks = powers
    .flatMap((power) => factors.map((factor) => rounded(factor * power)))
    .filter(isInside);
  return { domain, ticks };
}

/** All of 0 to 1, or the part above the lowest of these values. */
export function accuracyAxis(values: readonly number[], zoomed: boolean): Axis {
  const lowest = values.reduce((low, value) => Math.min(low, value), 1);
  const room = 1 - lowest;
  if (!zoomed || values.length === 0 || room > 0.8) {
    return { domain: [0, 1], ticks: [0, 0.2, 0.4, 0.6, 0.8, 1] };
  }
  const interval = niceInterval(Math.max(room, 0.005) / 5);
  const low = rounded(1 - interval * Math.max(1, Math.ceil(room / interval - 1e-9)));
  return { domain: [low, 1], ticks: multiples(interval, low, 1) };
}

/** The next of 1, 2, 5 and their tenfolds. */
function niceInterval(atLeast: number): number {
  const power = 10 ** Math.floor(Math.log10(atLeast));
  const factor = [1, 2, 5].find((candidate) => candidate * power >= atLeast * (1 - 1e-9)) ?? 10;
  return rounded(factor * power);
}

function multiples(interval: number, low: number, high: number): number[] {
  const count = Math.floor((high - low) / interval + 1e-9);
  return Array.from({ length: count + 1 }, (_, i) => rounded(low + i * interval));
}

/** Without the dust of binary fractions: 0.3 and not 0.30000000000000004. */
function rounded(value: number): number {
  return Number(value.toPrecision(10));
}

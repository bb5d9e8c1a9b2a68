import { median } from './spread.mjs';

/**
 * Work against the highest that any probe reached beside it.
 * @param {number} flops of the work once
 * @param {readonly number[]} roundsMs
 * @param {readonly { flops: number, roundsMs: readonly number[] }[]} probes measured in the same rounds
 * @returns {number | undefined} the median over the rounds: a machine that others share has its good and
 *   bad minutes, and the work of the one says nothing beside a probe of the other
 */
export function shareOfPeak(flops, roundsMs, probes) {
  if (probes.length === 0) return undefined;
  const shares = roundsMs.map((ms, round) => {
    const peaks = probes.map((probe) => probe.flops / (probe.roundsMs[round] ?? Number.NaN));
    return flops / ms / Math.max(...peaks);
  });
  return median(shares);
}

/** @param {number} flops @param {number} ms */
export const gflopsOf = (flops, ms) => flops / ms / 1e6;

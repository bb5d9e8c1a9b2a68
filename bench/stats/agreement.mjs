import { SetupError } from '../../scripts/lib/say.mjs';

/**
 * How far first losses of contestants may lie apart, as a share of the loss. Rounding sets them 1e-6 apart;
 * with the first weights a network without its normalisation comes to a loss that is only 5e-5 another.
 */
export const TOLERANCE = 1e-5;
/**
 * The loss of the second step shows gradients and Adam too; where a gradient is all but zero, Adam's first
 * step follows its sign, which rounding decides.
 */
export const TOLERANCE_AFTER_A_STEP = 1e-3;

/**
 * @typedef {object} Agreement
 * @property {number} contestants
 * @property {number} loss of the first
 * @property {number} apart largest difference of two first losses, as a share
 * @property {number} apartAfterAStep the same of the second losses
 */

/**
 * Whether all compute the same: refuses where they do not, before anything is timed.
 * @param {readonly { id: string, losses: readonly (number | undefined)[] }[]} seen losses of the first two steps
 * @returns {Agreement}
 */
export function agreementOf(seen) {
  const apart = [0, 1].map((step) => {
    const losses = seen.map(({ id, losses }) => {
      const loss = losses[step];
      if (loss === undefined || !Number.isFinite(loss)) {
        throw new SetupError(`The loss of ${id} after step ${step + 1} is ${loss}.`);
      }
      return loss;
    });
    return (Math.max(...losses) - Math.min(...losses)) / Math.max(...losses.map(Math.abs));
  });
  const [first = Number.NaN, second = Number.NaN] = apart;
  if (!(first <= TOLERANCE) || !(second <= TOLERANCE_AFTER_A_STEP)) {
    const told = seen.map(({ id, losses }) => `${id} ${losses.join(' and ')}`).join(', ');
    throw new SetupError(
      'The contestants do not compute the same, so their times say nothing. Losses of the first two ' +
        `steps: ${told}; ${TOLERANCE} and ${TOLERANCE_AFTER_A_STEP} of them may differ.`,
    );
  }
  const loss = seen[0]?.losses[0] ?? Number.NaN;
  return { contestants: seen.length, loss, apart: first, apartAfterAStep: second };
}

/** @param {Agreement} agreement */
export function agreementText({ contestants, loss, apart, apartAfterAStep }) {
  if (contestants < 2)
    return `One contestant, so nothing to agree with; its first loss is ${loss}.`;
  const share = (/** @type {number} */ value) =>
    value === 0 ? 'in every digit' : `to ${value.toExponential(0)}`;
  return (
    `Before timing, all ${contestants} were given the same weights, pixels and labels without dropout: ` +
    `their first losses (${loss.toPrecision(7)}) agree ${share(apart)}, those after one step of Adam ` +
    `${share(apartAfterAStep)}.`
  );
}

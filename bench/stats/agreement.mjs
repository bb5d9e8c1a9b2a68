import { SetupError } from '../../scripts/lib/say.mjs';

/**
 * How far first losses of contestants may lie apart, as a share of the loss. Rounding sets them 1e-6 apart;
 * with the first weights a network without its normalisation comes to a loss that is only 5e-5 another.
 */
export const TOLERANCE = 1e-5;
/** How far the changes of the loss by one step of Adam may lie apart, as a share: they show the gradients. */
export const TOLERANCE_OF_A_STEP = 1e-3;

/**
 * @typedef {object} Agreement
 * @property {number} contestants
 * @property {number} loss of the first
 * @property {number} apart largest difference of two first losses, as a share
 * @property {number} apartAfterAStep the same of what one step changed the loss by
 */

/**
 * Whether all compute the same: refuses where they do not, before anything is timed.
 * @param {readonly { id: string, losses: readonly (number | undefined)[] }[]} seen losses of the same batch
 *   before and after one step
 * @returns {Agreement}
 */
export function agreementOf(seen) {
  const pairs = seen.map(({ id, losses }) => [0, 1].map((step) => finite(id, step, losses[step])));
  const firsts = pairs.map(([first = Number.NaN]) => first);
  const changes = pairs.map(([first = Number.NaN, second = Number.NaN]) => second - first);
  const [apart, apartAfterAStep] = [shareApart(firsts), shareApart(changes)];
  if (!(apart <= TOLERANCE) || !(apartAfterAStep <= TOLERANCE_OF_A_STEP)) {
    const told = seen.map(({ id, losses }) => `${id} ${losses.join(' and ')}`).join(', ');
    throw new SetupError(
      'The contestants do not compute the same, so their times say nothing. Losses before and after one ' +
        `step: ${told}; ${TOLERANCE} of the first and ${TOLERANCE_OF_A_STEP} of the change may differ.`,
    );
  }
  const loss = firsts[0] ?? Number.NaN;
  return { contestants: seen.length, loss, apart, apartAfterAStep };
}

/** @param {string} id @param {number} step @param {number | undefined} loss */
function finite(id, step, loss) {
  if (loss !== undefined && Number.isFinite(loss)) return loss;
  throw new SetupError(`The loss of ${id} after step ${step + 1} is ${loss}.`);
}

/** @param {readonly number[]} values */
function shareApart(values) {
  return (Math.max(...values) - Math.min(...values)) / Math.max(...values.map(Math.abs));
}

/** @param {Agreement} agreement */
export function agreementText({ contestants, loss, apart, apartAfterAStep }) {
  if (contestants < 2)
    return `One contestant, so nothing to agree with; its first loss is ${loss}.`;
  const share = (/** @type {number} */ value) =>
    value === 0 ? 'in every digit' : `to ${value.toExponential(0)}`;
  return (
    `Before timing, all ${contestants} were given the same weights, pixels and labels without dropout: ` +
    `their first losses (${loss.toPrecision(7)}) agree ${share(apart)}, what one step of Adam changes ` +
    `them by ${share(apartAfterAStep)}.`
  );
}

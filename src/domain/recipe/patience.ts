import type { ValidationPoint } from '../metrics/metrics.ts';

/**
 * Early stopping (Prechelt 1998, "Early stopping - but when?", criterion UP in its plainest form): the
 * step of the lowest validation loss, once `patience` validations in a row have not gone below it;
 * undefined as long as there is hope, and always with a patience of 0.
 */
export function outOfPatience(
  validations: readonly ValidationPoint[],
  patience: number,
): number | undefined {
  const best = bestValidation(validations);
  if (patience === 0 || !best) return undefined;
  const since = validations.length - 1 - validations.indexOf(best);
  return since >= patience ? best.step : undefined;
}

/** The validation of the lowest loss, the first of equal ones. */
export function bestValidation(
  validations: readonly ValidationPoint[],
): ValidationPoint | undefined {
  return validations.reduce<ValidationPoint | undefined>(
    (best, point) => (best && best.loss <= point.loss ? best : point),
    undefined,
  );
}

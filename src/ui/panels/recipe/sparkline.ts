import type { Recipe } from '../../../domain/recipe/recipe.ts';
import { learningRateAt } from '../../../domain/recipe/schedule.ts';

/** As many points as the drawing has pixels. */
const POINTS = 240;

export interface RateCurve {
  /** An SVG path in a box of 1 by 1: the run from left to right, the highest rate at the top. */
  readonly path: string;
  readonly first: number;
  readonly highest: number;
  readonly last: number;
}

/** The learning rates of a run of this recipe. */
export function rateCurve(
  recipe: Pick<Recipe, 'learningRate' | 'schedule' | 'steps' | 'warmup'>,
): RateCurve {
  const lastStep = recipe.steps - 1;
  const count = Math.min(recipe.steps, POINTS);
  const steps = Array.from({ length: count }, (_, i) =>
    Math.round((i * lastStep) / Math.max(1, count - 1)),
  );
  const rates = steps.map((step) => learningRateAt(recipe, step));
  const highest = Math.max(...rates);
  const points = rates.map((rate, i) => {
    const x = count === 1 ? 0 : i / (count - 1);
    return `${round(x)} ${round(1 - rate / highest)}`;
  });
  // A run of one step is a line too.
  const path = `M${points.join('L')}${count === 1 ? `L1 ${round(0)}` : ''}`;
  return { path, highest, first: rates[0] ?? 0, last: rates.at(-1) ?? 0 };
}

const round = (share: number) => Number(share.toFixed(4));

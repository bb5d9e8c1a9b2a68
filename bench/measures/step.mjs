import { say } from '../../scripts/lib/say.mjs';
import { blasIn } from './blas.mjs';
import { present } from './contest.mjs';
import { race } from './race.mjs';
import { stepText } from './stepText.mjs';

/** @typedef {import('./measure.mjs').Measure} Measure */

/** Whole training steps of all contestants. @type {Measure} */
export async function step(stage, options) {
  const { entrants, absent } = await present(stage, options.only);
  const { rounds, threads, pace } = options;
  const result = await race(stage, entrants, options.spec, { rounds, threads, tell: say, pace });
  return {
    markdown: stepText(result, absent),
    data: { ...result, absent },
    blas: blasIn(result.steps.map(({ facts }) => facts)),
  };
}

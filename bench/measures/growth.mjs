import { say } from '../../scripts/lib/say.mjs';
import { serveApp, User } from '../growth/app.mjs';
import { digits, table } from '../stats/markdown.mjs';
import { median, medianRatio } from '../stats/spread.mjs';

/**
 * How much there is where there is much.
 * @typedef {object} GrowthSizes
 * @property {number} steps that are timed
 * @property {number} runs that are stored, and how long each of them is
 * @property {number} stepsOfRun
 * @property {number} shortRun steps of the run that is gone on with
 * @property {number} longRun the same, of the long one
 * @property {number} drawings with the one that is kept
 * @property {number} sets
 */

/** @type {GrowthSizes} */
export const usualSizes = {
  ...{ steps: 600, runs: 200, stepsOfRun: 10_000, shortRun: 1000, longRun: 1_000_000 },
  ...{ drawings: 1000, sets: 20 },
};

/** Long enough that a page answers late. */
const LONG_TASK_MS = 50;

/**
 * What the app costs where much is stored and where nothing is, in turns.
 * @type {import('./measure.mjs').Measure}
 */
export async function growth(stage, options) {
  const { rounds, growthSizes = usualSizes } = options;
  const { steps, runs, stepsOfRun, shortRun, longRun, drawings, sets } = growthSizes;
  const leave = (/** @type {() => unknown} */ last) => stage.atEnd(last);
  const url = await serveApp(await stage.folder('app'), leave);
  const users = [await User.come(url, leave), await User.come(url, leave)];
  const [few, many] = /** @type {[User, User]} */ (users);
  say('Writing records ...');
  const stored = Array.from({ length: runs }, (_, i) => ({ id: `stored ${i}`, steps: stepsOfRun }));
  await many.fill({ runs: stored, drawings: drawings - 1, sets });

  /** @type {Record<string, { small: number[], large: number[] }>} */
  const figures = {};
  const note = (/** @type {string} */ what, /** @type {'small' | 'large'} */ size) => {
    figures[what] ??= { small: [], large: [] };
    return (/** @type {number} */ value) => figures[what]?.[size].push(value);
  };
  const noteTraining = (
    /** @type {string} */ beside,
    /** @type {'small' | 'large'} */ size,
    /** @type {import('../growth/app.mjs').Trained} */ { ms, longestGapMs, longTasksMs },
  ) => {
    note(`${beside}: ${steps} steps`, size)(ms);
    note(`${beside}: longest gap between readings`, size)(longestGapMs);
    note(`${beside}: longest task of the page`, size)(Math.max(0, ...longTasksMs));
  };
  const sizes = /** @type {const} */ ([
    ['small', few, shortRun],
    ['large', many, longRun],
  ]);
  for (let round = 0; round < rounds; round++) {
    say(`Round ${round + 1} of ${rounds} ...`);
    const inTurn = round % 2 === 0 ? sizes : sizes.toReversed();
    for (const [size, user] of inTurn) note('opening, until Train', size)(await user.open());
    for (const [size, user] of inTurn) note('keeping a drawing', size)(await user.keepDrawing());
    for (const [size, user] of inTurn) {
      noteTraining('beside stored runs', size, await user.train(steps));
      await user.forgetRun();
    }
    // The very same surroundings, and a run that nobody has gone on with.
    for (const [size, , length] of inTurn) {
      const id = `${size} ${round}`;
      await few.fill({ runs: [{ id, steps: length }], drawings: 0, sets: 0 });
      await few.open();
      noteTraining('going on', size, await few.trainOn(id, steps));
      await few.forgetRun();
    }
  }
  const results = Object.entries(figures).map(([what, { small, large }]) => ({
    ...{ what, small, large },
    // Where nothing took long there is nothing to divide.
    ratio: median(small) > 0 ? medianRatio(large, small) : undefined,
  }));
  const rows = results.map(({ what, small, large, ratio }) => [
    ...[what, digits(median(small)), digits(median(large))],
    ratio === undefined ? '–' : digits(ratio),
  ]);
  const text =
    `What the app takes where little is stored, and where much is, in milliseconds: LeNet-5, batch 32, a ` +
    `checkpoint every 100 steps; median of ${rounds} rounds, and of their ratios. Beside stored runs: one, ` +
    `and ${runs} of ${stepsOfRun} steps. Going on: with a run of ${shortRun} steps, and of ${longRun}. ` +
    `Opening: one short run, and ${runs} runs, ${drawings - 1} drawings and ${sets} sets. Keeping: the first ` +
    `drawing, and the ${drawings}th. Tasks are told from ${LONG_TASK_MS} ms on.`;
  return {
    markdown: [text, table(['', 'little', 'much', 'much / little'], rows)].join('\n\n'),
    data: { rounds, sizes: growthSizes, results },
  };
}

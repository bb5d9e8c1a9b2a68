import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { inProject, root } from '../../scripts/lib/paths.mjs';
import { SetupError, say } from '../../scripts/lib/say.mjs';
import { table } from '../stats/markdown.mjs';
import { provenanceOf, provenanceText } from '../stats/provenance.mjs';

/** What a run ended with. @typedef {{ loss: number, accuracy: number }} Point */

/**
 * @typedef {object} TrainedRun
 * @property {readonly string[]} words of `npm run train`
 * @property {readonly Point[]} steps the last ten log lines
 * @property {Point & { step: number }} validation the last
 * @property {Point & { step: number }} lowest validation loss
 * @property {Point} test
 * @property {number} testImages
 * @property {number} seconds with loading, validation and evaluation
 */

const LOG_LINES = 10;

/**
 * Trains each, and writes a table: how good recipes are, as the command line trains and evaluates them.
 * @param {readonly (readonly string[])[]} runs words of `npm run train`
 * @param {string} command
 * @param {(last: () => unknown) => void} leave
 */
export async function measureAccuracy(runs, command, leave) {
  const provenance = await provenanceOf(command);
  const trained = [];
  for (const words of runs) {
    say(`npm run train -- ${words.join(' ')}`);
    trained.push(await train(words, leave));
  }
  return {
    markdown: `${accuracyTable(trained)}\n\n${provenanceText(provenance)}`,
    json: { measure: 'accuracy', provenance, runs: trained },
  };
}

/** @param {readonly TrainedRun[]} runs */
export function accuracyTable(runs) {
  const head = [
    ...['`npm run train -- …`', 'training loss', 'validation loss', 'lowest', 'gap'],
    ...['test accuracy', '95 % interval', 'minutes'],
  ];
  const rows = runs.map(({ words, steps, validation, lowest, test, testImages, seconds }) => {
    const training = steps.reduce((sum, { loss }) => sum + loss, 0) / steps.length;
    const gap = training - validation.loss;
    const { low, high } = wilson(test.accuracy, testImages);
    return [
      ...[`\`${words.join(' ')}\``, training.toFixed(3), validation.loss.toFixed(3)],
      ...[
        `${lowest.loss.toFixed(3)} at step ${lowest.step}`,
        `${gap < 0 ? '−' : '+'}${Math.abs(gap).toFixed(3)}`,
      ],
      ...[
        `${(100 * test.accuracy).toFixed(2)} %`,
        `${(100 * low).toFixed(2)} to ${(100 * high).toFixed(2)} %`,
      ],
      (seconds / 60).toFixed(1),
    ];
  });
  return table(head, rows);
}

/** Wilson's (1927) interval for a share. @param {number} share @param {number} total */
export function wilson(share, total) {
  const z = 1.959964;
  const middle = share + z ** 2 / (2 * total);
  const half = z * Math.sqrt((share * (1 - share)) / total + z ** 2 / (4 * total ** 2));
  const scale = 1 + z ** 2 / total;
  return { low: (middle - half) / scale, high: (middle + half) / scale };
}

/**
 * @param {readonly string[]} words
 * @param {(last: () => unknown) => void} leave
 * @returns {Promise<TrainedRun>}
 */
async function train(words, leave) {
  const folder = await mkdtemp(join(tmpdir(), 'workbench-figures-'));
  leave(() => rm(folder, { recursive: true, force: true }));
  const begin = performance.now();
  const script = inProject('scripts/cli/train.mjs');
  const child = spawn(process.execPath, [script, ...words, '--json', '--out', folder], {
    ...{ cwd: root, stdio: ['ignore', 'pipe', 'inherit'], detached: true },
  });
  leave(() => child.kill('SIGTERM'));
  const ended = new Promise((resolve) => child.on('close', resolve));
  const events = [];
  for await (const line of createInterface({ input: child.stdout })) events.push(JSON.parse(line));
  const status = await ended;
  if (status !== 0) throw new SetupError(`npm run train ended with status ${status}.`);
  return runOf(words, events, (performance.now() - begin) / 1000);
}

/**
 * @param {readonly string[]} words
 * @param {readonly any[]} events of the command line
 * @param {number} seconds
 * @returns {TrainedRun}
 */
export function runOf(words, events, seconds) {
  const steps = events.filter(({ event }) => event === 'step').slice(-LOG_LINES);
  const validations = events.filter(({ event }) => event === 'validation');
  const test = events.find(({ event, split }) => event === 'evaluation' && split === 'test');
  const validation = validations.at(-1);
  if (!validation || !test || steps.length === 0) throw new SetupError('A run told too little.');
  const lowest = validations.reduce((best, each) => (each.loss < best.loss ? each : best));
  const point = (/** @type {Point} */ { loss, accuracy }) => ({ loss, accuracy });
  const testImages = test.confusion
    .flat()
    .reduce((/** @type {number} */ sum, /** @type {number} */ count) => sum + count, 0);
  return {
    ...{ words, steps: steps.map(point), test: point(test), testImages, seconds },
    validation: { step: validation.step, ...point(validation) },
    lowest: { step: lowest.step, ...point(lowest) },
  };
}

import {
  chosenSet,
  compareRuns,
  currentRun,
  evaluate,
  evaluateTogether,
  importDataset,
  importWeights,
  loadDataset,
  testAllLabelled,
} from '../cli/lib/commands.mjs';
import { findDataFiles } from '../cli/lib/dataFiles.mjs';
import { choices, commonOptions, readChoice, readWeightsPath } from '../cli/lib/options.mjs';
import { createReport } from '../cli/lib/report.mjs';
import { withWorkbench } from '../cli/lib/session.mjs';
import { readTransform } from '../cli/lib/transform.mjs';
import { readCommand } from '../lib/readCommand.mjs';
import { runCommand, SetupError, UsageError } from '../lib/say.mjs';

const usage = `Usage: npm run evaluate -- --weights FILE [options]

Evaluates trained weights on the test images, or on all labelled ones where none is called so.

  --weights FILE  as exported by the app or by "npm run train"; of several each is compared with the
                  first, image by image (McNemar's test)
  --combine HOW   what all weights read together, beside the best of them alone: mean (of their
                  probabilities) or vote
  --data FILE...  a data set to use in the place of MNIST: IDX, CSV, NumPy or CIFAR files, pictures,
                  zip or tar files, or a folder of any of these
  --tta           averages over several views of each image too, and reports both
  --transform T   looks at every image turned, scaled or moved: rotate=15, scale=0.85 or shift=3,0;
                  may be given several times
  --engine NAME   ${choices.engine.join(', ')}
  --json          one JSON object a line`;

await runCommand(async () => {
  const args = readCommand({
    usage,
    options: {
      ...commonOptions,
      weights: { type: 'string', multiple: true },
      tta: { type: 'boolean' },
      combine: { type: 'string' },
      transform: { type: 'string', multiple: true },
    },
  });
  if (!args) return 0;
  const { values, lists, flags } = args;
  const paths = await Promise.all((lists.weights ?? [undefined]).map(readWeightsPath));
  const engine = readChoice('engine', values.engine);
  const combine = readCombination(values.combine, paths.length);
  const view = readTransform(lists.transform ?? []);
  if (view && paths.length > 1) throw new UsageError('--transform goes with one --weights.');
  const data = lists.data && (await findDataFiles(lists.data));
  const write = createReport(flags.has('json'));
  return withWorkbench(engine ? { engine } : {}, write, async (page, report) => {
    if (data) {
      await importDataset(page, data);
      await testAllLabelled(page);
    } else await loadDataset(page);
    const options = { dataset: chosenSet(data), tta: flags.has('tta'), ...(view && { view }) };
    const asked = { ...options, ...(combine && { probabilities: true }) };
    /** @type {string | undefined} */
    let first;
    for (const weights of paths) {
      await importWeights(page, weights);
      await evaluate(page, report, asked, paths.length > 1 ? weights : undefined);
      const run = await currentRun(page);
      if (first === undefined) first = run;
      else await reportComparison(page, report, [first, run], [paths[0] ?? '', weights]);
    }
    if (combine) {
      const figures = await evaluateTogether(page, combine);
      report({ event: 'ensemble', weights: paths, ...figures });
    }
  });
}, usage);

/**
 * @param {import('playwright').Page} page
 * @param {import('../cli/lib/report.mjs').Report} report
 * @param {readonly [string, string]} runs
 * @param {readonly [string, string]} weights
 */
async function reportComparison(page, report, [first, second], weights) {
  const comparison = await compareRuns(page, first, second);
  if (!comparison) {
    throw new SetupError(`${weights.join(' and ')} were not evaluated on the same images.`);
  }
  report({ event: 'comparison', weights, ...comparison });
}

/** @param {string | undefined} text @param {number} weights how many there are */
function readCombination(text, weights) {
  const word = readChoice('combine', text);
  if (word === undefined) return undefined;
  if (weights < 2) throw new UsageError('--combine goes with several --weights.');
  return word === 'vote' ? 'vote' : 'mean';
}

import {
  ablationInPage,
  choices as ingredients,
  keepInPage,
  seedRange,
} from '../cli/lib/ablation.mjs';
import { readKept, requireSame } from '../cli/lib/ablationFile.mjs';
import { importDataset, loadDataset } from '../cli/lib/commands.mjs';
import { findDataFiles } from '../cli/lib/dataFiles.mjs';
import {
  choices,
  commonOptions,
  numbers,
  readChanges,
  readChoice,
  readNumber,
  readThreads,
  words,
} from '../cli/lib/options.mjs';
import { createReport } from '../cli/lib/report.mjs';
import { withWorkbench } from '../cli/lib/session.mjs';
import { readCommand } from '../lib/readCommand.mjs';
import { runCommand, UsageError } from '../lib/say.mjs';

/** Of the network, where none is named: what docs/ablation.md has measured. */
const usualWidth = 0.125;
/** As many as a page can hold. */
const imageRange = { min: 1, max: 2 ** 30, whole: true };

const usage = `Usage: npm run ablation -- [options]

Trains the seed recipe, then the same with one ingredient of the improved recipe each, then the
improved recipe, each from several seeds and all else the same, and measures each run on the
validation images. Saves the runs as ablation.csv and a picture of the page's table and chart as
ablation.png.

What is through stands in ablation.json: called again with the same --out, the command goes on with
the first run that is not through. Other settings, another data set and another engine are refused.

  --only NAME,...          the ingredients, all by default; "none" for the two recipes alone:
                           ${ingredients.join(', ')}
  --arch NAME              ${words.arch?.words.join(', ')}
  --width NUMBER           multiplies every channel and hidden unit, ${range('width')} (${usualWidth})
  --batch NUMBER           images a step, ${range('batch')}
  --steps NUMBER           of each run, ${range('steps')} (500)
  --training-images NUMBER images to train on (5000, or those that train by default, if they are fewer);
                           all others are held back
  --seeds NUMBER           runs of each recipe, ${seedRange.min} to ${seedRange.max} (3)
  --seed NUMBER            of the first of them; the others count on from it, ${range('seed')}
  --norm, --init, --scaling NAME, --smoothing NUMBER
                           of all recipes alike, as npm run train takes them
  --validation-images N    how many of the images held back each run is measured on (5000)
  --validation-interval N  steps between two validations while a run is trained
  --data FILE...           a data set to use in the place of MNIST
  --engine NAME            ${choices.engine.join(', ')}
  --threads NUMBER         cores that train on the engine wasm, all of them by default
  --retry                  tries once more what failed before
  --out DIR                where all this is saved (out)
  --json                   one JSON object a line`;

const frameOptions = [
  ...['arch', 'width', 'batch', 'steps', 'seed', 'norm', 'init', 'scaling', 'smoothing'],
  ...['validation-images', 'validation-interval'],
];

await runCommand(async () => {
  const text = /** @type {const} */ ({ type: 'string' });
  const args = readCommand({
    usage,
    options: {
      ...commonOptions,
      ...Object.fromEntries(frameOptions.map((name) => [name, text])),
      ...{ only: text, threads: text, out: text, seeds: text, 'training-images': text },
      retry: { type: 'boolean' },
    },
  });
  if (!args) return 0;
  const { values, lists, flags } = args;
  const changes = readChanges(values);
  const chosen = readIngredients(values.only);
  const engine = readChoice('engine', values.engine);
  const threads = readThreads(values.threads);
  const own = {
    ...whole('seeds', values.seeds, seedRange),
    ...whole('trainingImages', values['training-images'], imageRange, 'training-images'),
  };
  const data = lists.data && (await findDataFiles(lists.data));
  const out = values.out ?? 'out';
  const kept = await readKept(out);
  if (kept) requireSame(kept, { changes, chosen, engine, ...own }, out);

  const write = createReport(flags.has('json'));
  const address = { ...(engine ? { engine } : {}), ...(threads ? { threads: `${threads}` } : {}) };
  const use = async (
    /** @type {import('playwright').Page} */ page,
    /** @type {import('../cli/lib/report.mjs').Report} */ report,
    /** @type {(error: unknown) => void} */ tell,
  ) => {
    if (data) await importDataset(page, data);
    else await loadDataset(page);
    const order = {
      ...{ options: { width: usualWidth, ...changes, ...own }, chosen, out },
      ...{ isKept: kept !== undefined, retry: flags.has('retry') },
    };
    await ablationInPage(page, order, report, tell);
  };
  return withWorkbench(address, write, use, (page) => keepInPage(page, kept));
}, usage);

/**
 * @param {string} control
 * @param {string | undefined} text
 * @param {{ min: number, max: number, whole: boolean }} rule
 * @param {string} option
 * @returns {Record<string, number>} of the control, if it was asked for
 */
function whole(control, text, rule, option = control) {
  return text === undefined ? {} : { [control]: readNumber(option, text, rule) };
}

/** @param {unknown} text */
function readIngredients(text) {
  if (text === undefined) return undefined;
  if (text === 'none') return [];
  const names = String(text).split(',');
  const unknown = names.find((name) => !ingredients.includes(name));
  if (unknown === undefined) return names;
  throw new UsageError(`--only names "${unknown}"; ${ingredients.join(', ')} can be chosen.`);
}

/** @param {string} option */
function range(option) {
  const { min, max } = numbers[option] ?? {};
  return `${min} to ${max}`;
}

import { ablationInPage, choices as ingredients, keepInPage } from '../cli/lib/ablation.mjs';
import { readKept, requireSame } from '../cli/lib/ablationFile.mjs';
import { importDataset, loadDataset } from '../cli/lib/commands.mjs';
import { findDataFiles } from '../cli/lib/dataFiles.mjs';
import {
  choices,
  commonOptions,
  numbers,
  readChanges,
  readChoice,
  readThreads,
  words,
} from '../cli/lib/options.mjs';
import { createReport } from '../cli/lib/report.mjs';
import { withWorkbench } from '../cli/lib/session.mjs';
import { readCommand } from '../lib/readCommand.mjs';
import { runCommand, UsageError } from '../lib/say.mjs';

const usage = `Usage: npm run ablation -- [options]

Trains the seed recipe, then the same with one ingredient of the improved recipe each, then the
improved recipe, all with the same network, length and seed, and measures each on the validation
images. Saves the table as ablation.csv and a picture of the page's table and chart as ablation.png.

What is through stands in ablation.json: called again with the same --out, the command goes on with
the first run that is not through, and tries once more what failed.

  --only NAME,...          the ingredients, all by default:
                           ${ingredients.join(', ')}
  --arch NAME              ${words.arch?.words.join(', ')}
  --width NUMBER           multiplies every channel and hidden unit, ${range('width')}
  --batch NUMBER           images a step, ${range('batch')}
  --steps NUMBER           of each run, ${range('steps')}
  --seed NUMBER            ${range('seed')}
  --validation-interval N  steps between two validations while a run is trained
  --data FILE...           a data set to use in the place of MNIST
  --engine NAME            ${choices.engine.join(', ')}
  --threads NUMBER         cores that train on the engine wasm, all of them by default
  --out DIR                where all this is saved (out)
  --json                   one JSON object a line`;

const frameOptions = ['arch', 'width', 'batch', 'steps', 'seed', 'validation-interval'];

await runCommand(async () => {
  const text = /** @type {const} */ ({ type: 'string' });
  const args = readCommand({
    usage,
    options: {
      ...commonOptions,
      ...Object.fromEntries(frameOptions.map((name) => [name, text])),
      ...{ only: text, threads: text, out: text },
    },
  });
  if (!args) return 0;
  const { values, lists, flags } = args;
  const frame = readChanges(values);
  const chosen = readIngredients(values.only);
  const engine = readChoice('engine', values.engine);
  const threads = readThreads(values.threads);
  const data = lists.data && (await findDataFiles(lists.data));
  const out = values.out ?? 'out';
  const kept = await readKept(out);
  if (kept) requireSame(kept, frame, chosen, out);

  const write = createReport(flags.has('json'));
  const address = { ...(engine ? { engine } : {}), ...(threads ? { threads: `${threads}` } : {}) };
  const use = async (
    /** @type {import('playwright').Page} */ page,
    /** @type {import('../cli/lib/report.mjs').Report} */ report,
    /** @type {(error: unknown) => void} */ tell,
  ) => {
    if (data) await importDataset(page, data);
    else await loadDataset(page);
    await ablationInPage(page, { frame, chosen, out, isKept: kept !== undefined }, report, tell);
  };
  return withWorkbench(address, write, use, (page) => keepInPage(page, kept));
}, usage);

/** @param {unknown} text */
function readIngredients(text) {
  if (text === undefined) return undefined;
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

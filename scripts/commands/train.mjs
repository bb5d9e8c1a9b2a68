import { evaluate, importDataset, loadDataset, saveWeights } from '../cli/lib/commands.mjs';
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
import { trainInPage } from '../cli/lib/training.mjs';
import { readCommand } from '../lib/readCommand.mjs';
import { runCommand } from '../lib/say.mjs';

const usage = `Usage: npm run train -- [options]

Trains a network on MNIST, evaluates it on the test images and saves its weights.

  --data FILE...           a data set to use in the place of MNIST: IDX, CSV, NumPy or CIFAR files,
                           pictures, zip or tar files, or a folder of any of these

  --recipe NAME            ${choices.recipe.join(', ')}
  --width NUMBER           multiplies every channel and hidden unit, ${range('width')}
  --batch NUMBER           images a step, ${range('batch')}
  --steps NUMBER           ${range('steps')}
  --lr NUMBER              learning rate, ${range('lr')}
  --dropout NUMBER         ${range('dropout')}
  --seed NUMBER            ${range('seed')}

More of the recipe, as the page's panel explains it:
${ingredients()}

  --validation-images N    how many are used, ${range('validation-images')}
  --validation-interval N  steps between two validations
  --engine NAME            ${choices.engine.join(', ')}
  --threads NUMBER         cores that train on the engine wasm, all of them by default
  --out DIR                where the weights are saved (out)
  --tta                    evaluates over several views of each image too
  --no-evaluate            leave the evaluation out
  --json                   one JSON object a line`;

await runCommand(async () => {
  const text = /** @type {const} */ ({ type: 'string' });
  const flag = /** @type {const} */ ({ type: 'boolean' });
  const args = readCommand({
    usage,
    options: {
      ...commonOptions,
      ...Object.fromEntries(Object.keys({ ...numbers, ...words }).map((name) => [name, text])),
      ...{ recipe: text, threads: text, out: text, tta: flag, 'no-evaluate': flag },
    },
  });
  if (!args) return 0;
  const { values, lists, flags } = args;
  const recipe = readChoice('recipe', values.recipe);
  const engine = readChoice('engine', values.engine);
  const threads = readThreads(values.threads);
  const changes = readChanges(values);
  const data = lists.data && (await findDataFiles(lists.data));
  const out = values.out ?? 'out';

  const write = createReport(flags.has('json'));
  const address = {
    ...(recipe ? { recipe } : {}),
    ...(engine ? { engine } : {}),
    ...(threads ? { threads: String(threads) } : {}),
  };
  return withWorkbench(address, write, async (page, report) => {
    if (data) await importDataset(page, data);
    else await loadDataset(page);
    await trainInPage(page, changes, report);
    if (!flags.has('no-evaluate')) await evaluate(page, report, { tta: flags.has('tta') });
    report({ event: 'saved', path: await saveWeights(page, out) });
  });
}, usage);

/** @param {string} option */
function range(option) {
  const { min, max } = numbers[option] ?? {};
  return `${min} to ${max}`;
}

/** A line each for what has no sentence above. */
function ingredients() {
  const told = ['width', 'batch', 'steps', 'lr', 'dropout', 'seed'];
  const lines = [
    ...Object.entries(words).map(([name, rule]) => [`--${name} NAME`, rule.words.join(', ')]),
    ...Object.keys(numbers)
      .filter((name) => !told.includes(name) && !name.startsWith('validation'))
      .map((name) => [`--${name} NUMBER`, range(name)]),
  ];
  return lines.map(([option = '', values]) => `  ${option.padEnd(25)}${values}`).join('\n');
}

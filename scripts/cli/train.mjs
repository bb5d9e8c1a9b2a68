import '../lib/requireNode.mjs';
import { readOptions } from '../lib/options.mjs';
import { runCommand } from '../lib/say.mjs';
import { evaluate, importDataset, loadDataset, saveWeights } from './lib/commands.mjs';
import { findDataFiles } from './lib/dataFiles.mjs';
import { choices, numbers, readChanges, readChoice, readThreads, words } from './lib/options.mjs';
import { createReport } from './lib/report.mjs';
import { withWorkbench } from './lib/session.mjs';
import { trainInPage } from './lib/training.mjs';

const usage = `Usage: npm run train -- [options]

Trains a network on MNIST, evaluates it on the test images and saves its weights.

  --data FILE...           a data set to use in the place of MNIST: IDX, CSV, NumPy, CIFAR or zip
                           files, or a folder of IDX files

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
  const flag = /** @type {const} */ ({ type: 'boolean', default: false });
  const { values, positionals } = readOptions({
    allowPositionals: true,
    options: {
      ...Object.fromEntries(Object.keys({ ...numbers, ...words }).map((name) => [name, text])),
      data: text,
      recipe: text,
      engine: text,
      threads: text,
      out: { type: 'string', default: 'out' },
      tta: flag,
      'no-evaluate': flag,
      json: flag,
      help: { ...flag, short: 'h' },
    },
  });
  if (values.help) {
    console.log(usage);
    return 0;
  }
  const recipe = readChoice('recipe', values.recipe);
  const engine = readChoice('engine', values.engine);
  const threads = readThreads(values.threads);
  const changes = readChanges(values);
  const data = values.data && (await findDataFiles([String(values.data), ...positionals]));
  const out = values.out ?? 'out';

  const report = createReport(values.json ?? false);
  const address = {
    ...(recipe ? { recipe } : {}),
    ...(engine ? { engine } : {}),
    ...(threads ? { threads: String(threads) } : {}),
  };
  return withWorkbench(address, report, async (page) => {
    if (data) await importDataset(page, data);
    else await loadDataset(page);
    await trainInPage(page, changes, report);
    if (!values['no-evaluate']) await evaluate(page, report, { tta: values.tta === true });
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

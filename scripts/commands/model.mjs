import { ensurePackages } from '../lib/ensurePackages.mjs';
import { findBrowser } from '../lib/findBrowser.mjs';
import { closingLine, exitStatus } from '../lib/outcome.mjs';
import { readCommand } from '../lib/readCommand.mjs';
import { runVitest } from '../lib/runVitest.mjs';
import { runCommand, say, UsageError } from '../lib/say.mjs';

const usage = `Usage: npm run model [-- --sequences 10000] [--seed NUMBER]

Drives the workbench through random sequences of what users do and what befalls machines, in two tabs
of one browser, and checks after each step what must hold. A failure is told as a story, with what
plays it again: --seed NUMBER --path PATH --replay REPLAYPATH. With --shrink the story is made as short as
it can be, which takes minutes.`;

await runCommand(async () => {
  const value = /** @type {const} */ ({ type: 'string' });
  const shrink = /** @type {const} */ ({ type: 'boolean' });
  const options = { sequences: value, seed: value, path: value, replay: value, shrink };
  const args = readCommand({ usage, options });
  if (!args) return 0;
  const { path = '', replay = '' } = args.values;
  const sequences = wholeNumber('sequences', args.values.sequences ?? '10000');
  const seed = wholeNumber('seed', args.values.seed ?? String(Math.floor(Math.random() * 2 ** 31)));
  await ensurePackages({ dev: true });
  say(`--sequences ${sequences} --seed ${seed}`);
  // Tests in a browser see what begins with VITE_ alone.
  Object.assign(process.env, {
    ...{ CHROMIUM_PATH: await findBrowser(), VITE_MODEL_SEQUENCES: sequences },
    ...{ VITE_MODEL_SEED: seed, VITE_MODEL_PATH: path, VITE_MODEL_REPLAY: replay },
    ...{ VITE_MODEL_SHRINK: args.flags.has('shrink') ? 'true' : '' },
  });
  const outcome = await runVitest(['--project', 'gpu', 'src/testing/model.browser.test.ts']);
  console.log(closingLine(outcome));
  return exitStatus(outcome);
}, usage);

/**
 * @param {string} option
 * @param {string} given
 */
function wholeNumber(option, given) {
  if (/^[0-9]{1,15}$/.test(given)) return given;
  throw new UsageError(`--${option} takes a whole number, not "${given}".`);
}

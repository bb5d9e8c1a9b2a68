import { build } from '../lib/build.mjs';
import { ensurePackages } from '../lib/ensurePackages.mjs';
import { findBrowser } from '../lib/findBrowser.mjs';
import { closingLine, exitStatus } from '../lib/outcome.mjs';
import { prepareMnist } from '../lib/prepareMnist.mjs';
import { readCommand } from '../lib/readCommand.mjs';
import { runVitest } from '../lib/runVitest.mjs';
import { runCommand, say, UsageError } from '../lib/say.mjs';

const usage = `Usage: npm run hostile [-- --count 20000] [--seed NUMBER] [--from INDEX]

Gives the built page files that nobody means well with, of every kind that it reads, one after another,
and checks that each is refused in words or read, soon and within bounds, and that the page is as it was
before. A failure is told with what tries it again: --seed NUMBER --from INDEX --count 1.`;

await runCommand(async () => {
  const value = /** @type {const} */ ({ type: 'string' });
  const args = readCommand({ usage, options: { count: value, seed: value, from: value } });
  if (!args) return 0;
  const count = wholeNumber('count', args.values.count ?? '20000');
  const seed = wholeNumber('seed', args.values.seed ?? String(Math.floor(Math.random() * 2 ** 31)));
  const from = wholeNumber('from', args.values.from ?? '0');
  await ensurePackages({ dev: true });
  say(`--seed ${seed} --from ${from} --count ${count}`);
  await prepareMnist();
  await build({ quiet: true });
  Object.assign(process.env, {
    ...{ CHROMIUM_PATH: await findBrowser(), HOSTILE_COUNT: count },
    ...{ HOSTILE_SEED: seed, HOSTILE_FROM: from },
  });
  const outcome = await runVitest(['--config', 'vitest.e2e.config.ts', 'e2e/hostile.test.ts']);
  console.log(closingLine(outcome));
  return exitStatus(outcome);
}, usage);

/**
 * @param {string} option
 * @param {string} given
 */
function wholeNumber(option, given) {
  if (/^[0-9]{1,10}$/.test(given)) return given;
  throw new UsageError(`--${option} takes a whole number, not "${given}".`);
}

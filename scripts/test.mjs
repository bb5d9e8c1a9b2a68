import './lib/requireNode.mjs';
import { build } from './lib/build.mjs';
import { runChecks } from './lib/checks.mjs';
import { ensurePackages } from './lib/ensurePackages.mjs';
import { findBrowser } from './lib/findBrowser.mjs';
import { readOptions } from './lib/options.mjs';
import { add, closingLine, exitStatus, noOutcome, single } from './lib/outcome.mjs';
import { prepareMnist } from './lib/prepareMnist.mjs';
import { runVitest } from './lib/runVitest.mjs';
import { runCommand, SetupError, say, UsageError } from './lib/say.mjs';

/**
 * The kinds of tests in the order in which they run.
 * @type {Map<string, () => Promise<import('./lib/outcome.mjs').Outcome>>}
 */
const stages = new Map([
  ['check', runChecks],
  ['node', () => runVitest(['--project', 'node'])],
  ['gpu', () => runVitest(['--project', 'gpu'])],
  ['page', () => runVitest(['--project', 'page'])],
  ['e2e', buildAndTravel],
]);

const inBrowser = new Set(['gpu', 'page', 'e2e']);

await runCommand(async () => {
  const chosen = chosenStages();
  await ensurePackages({ dev: true });
  if (chosen.some(([name]) => inBrowser.has(name))) {
    process.env.CHROMIUM_PATH = await findBrowser();
    say(`Testing in ${process.env.CHROMIUM_PATH}`);
  }
  await prepareMnist();

  let outcome = noOutcome;
  for (const [name, runStage] of chosen) {
    say(`\n=== ${name} ===`);
    outcome = add(outcome, await runStage());
  }
  for (const skipped of outcome.skipped) console.log(`Skipped: ${skipped}`);
  console.log(closingLine(outcome));
  return exitStatus(outcome);
}, 'Usage: npm test [-- --only check|node|gpu|page|e2e]');

/** All of them, or those that `--only` names. */
function chosenStages() {
  const { values } = readOptions({ options: { only: { type: 'string', multiple: true } } });
  const known = [...stages.keys()];
  const unknown = values.only?.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    throw new UsageError(
      `There are no tests named "${unknown}"; --only takes ${known.join(', ')}.`,
    );
  }
  return [...stages].filter(([name]) => values.only?.includes(name) ?? true);
}

/** The journeys go through the built site. */
async function buildAndTravel() {
  const isBuilt = await build({ quiet: true }).then(
    () => true,
    (error) => {
      console.error(error instanceof SetupError ? error.message : error);
      return false;
    },
  );
  if (!isBuilt) return single(false);
  return add(single(true), await runVitest(['--config', 'vitest.e2e.config.ts']));
}

import { ensureOptional } from '../../bench/hosts/packages.mjs';
import { build } from '../lib/build.mjs';
import { runChecks } from '../lib/checks.mjs';
import { ensurePackages } from '../lib/ensurePackages.mjs';
import { findBrowser } from '../lib/findBrowser.mjs';
import { add, closingLine, exitStatus, noOutcome, single } from '../lib/outcome.mjs';
import { prepareMnist } from '../lib/prepareMnist.mjs';
import { readCommand } from '../lib/readCommand.mjs';
import { runVitest } from '../lib/runVitest.mjs';
import { runCommand, SetupError, say, UsageError } from '../lib/say.mjs';

const usage = `Usage: npm test [-- --only check|node|interop|gpu|page|bench|e2e]

Runs all tests, or those of the kinds that --only names; it may be given several times.`;

/**
 * The kinds of tests in the order in which they run.
 * @type {Map<string, () => Promise<import('../lib/outcome.mjs').Outcome>>}
 */
const stages = new Map([
  ['check', runChecks],
  ['node', () => runVitest(['--project', 'node'])],
  ['interop', testInterop],
  ['gpu', () => runVitest(['--project', 'gpu'])],
  ['page', () => runVitest(['--project', 'page'])],
  ['bench', () => runVitest(['--project', 'bench'])],
  ['e2e', buildAndTravel],
]);

const inBrowser = new Set(['gpu', 'page', 'bench', 'e2e']);

await runCommand(async () => {
  const args = readCommand({ usage, options: { only: { type: 'string', multiple: true } } });
  if (!args) return 0;
  const chosen = chosenStages(args.lists.only);
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
}, usage);

/** All of them, or these. @param {readonly string[] | undefined} only */
function chosenStages(only) {
  const known = [...stages.keys()];
  const unknown = only?.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    throw new UsageError(
      `There are no tests named "${unknown}"; --only takes ${known.join(', ')}.`,
    );
  }
  return [...stages].filter(([name]) => only?.includes(name) ?? true);
}

/** What other programs make of exported files; theirs are packages of their own. */
async function testInterop() {
  await ensureOptional('onnxruntime');
  return runVitest(['--project', 'interop']);
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

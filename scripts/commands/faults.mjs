import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from '../lib/build.mjs';
import { ensurePackages } from '../lib/ensurePackages.mjs';
import { faultCases } from '../lib/faultCases.mjs';
import { faultRows, faultTable, problemsOf } from '../lib/faultTable.mjs';
import { findBrowser } from '../lib/findBrowser.mjs';
import { add, closingLine, exitStatus, noOutcome } from '../lib/outcome.mjs';
import { inProject } from '../lib/paths.mjs';
import { prepareMnist } from '../lib/prepareMnist.mjs';
import { readCommand } from '../lib/readCommand.mjs';
import { runVitest } from '../lib/runVitest.mjs';
import { runCommand, say, UsageError } from '../lib/say.mjs';

const usage = `Usage: npm run faults [-- --only NUMBER,NUMBER...]

Injects every fault that the app must survive, and prints what each cost.
  FAULTS=0.1     a tenth as often as the list of cases says, but at least as often as npm test
  FAULT_SEED=7   other moments at which the faults come; random for new ones each time`;

await runCommand(async () => {
  const args = readCommand({ usage, options: { only: { type: 'string' } } });
  if (!args) return 0;
  const cases = chosenCases(args.values.only);
  const share = process.env.FAULTS ?? 'whole';
  const isShare = Number(share) > 0 && Number(share) <= 1;
  if (share !== 'whole' && !isShare) {
    throw new UsageError(`FAULTS is "${share}"; it takes whole, or a number up to 1.`);
  }
  const isWhole = share === 'whole' || Number(share) === 1;
  const seed = seedAskedFor();
  await ensurePackages({ dev: true });
  process.env.CHROMIUM_PATH = await findBrowser();
  await prepareMnist();
  await build({ quiet: true });

  const folder = await mkdtemp(join(tmpdir(), 'workbench-faults-'));
  const report = join(folder, 'faults.jsonl');
  // Tests in a browser see what begins with VITE_ alone.
  Object.assign(process.env, {
    ...{ WORKBENCH_FAULTS: report, VITE_FAULTS: share, VITE_FAULT_SEED: String(seed) },
  });
  const begun = Date.now();
  try {
    let outcome = noOutcome;
    for (const args of stagesOf(cases)) outcome = add(outcome, await runVitest(args));
    const text = await readFile(report, 'utf8').catch(() => '');
    const rows = faultRows(
      text
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line)),
      cases,
    );
    console.log(`\n${faultTable(rows, isWhole)}\n`);
    const minutes = ((Date.now() - begun) / 60_000).toFixed(1);
    console.log(`FAULTS=${share} FAULT_SEED=${seed}, ${minutes} minutes`);
    console.log(closingLine(outcome));
    const holds = rows.every((row) => problemsOf(row, isWhole).length === 0);
    return holds ? exitStatus(outcome) : 1;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}, usage);

/** All cases, or these. @param {string | undefined} only */
function chosenCases(only) {
  if (only === undefined) return faultCases;
  const numbers = only.split(',').map(Number);
  const chosen = faultCases.filter(({ number }) => numbers.includes(number));
  if (chosen.length < numbers.length) {
    throw new UsageError(`--only takes numbers of cases that run here, not "${only}".`);
  }
  return chosen;
}

function seedAskedFor() {
  const asked = process.env.FAULT_SEED ?? '1';
  const seed = asked === 'random' ? Math.floor(Math.random() * 2 ** 32) : Number(asked);
  if (!Number.isInteger(seed))
    throw new UsageError(`FAULT_SEED is "${asked}", not a whole number.`);
  say(`FAULT_SEED=${seed}`);
  return seed;
}

/**
 * The arguments of each runner that has tests of these cases.
 * @param {readonly import('../lib/faultCases.mjs').FaultCase[]} cases
 */
function stagesOf(cases) {
  const tests = [...new Set(cases.flatMap(({ tests: files }) => files))];
  const inBrowser = (/** @type {string} */ path) => /[.](gpu|browser)[.]test[.]ts$/.test(path);
  const inSite = (/** @type {string} */ path) => path.startsWith('e2e/');
  const common = [
    `--reporter=${inProject('scripts/lib/faultReporter.mjs')}`,
    ...['--testTimeout', String(60 * 60_000), '--hookTimeout', String(60_000)],
  ];
  const stages = [
    { config: ['--project', 'node'], files: tests.filter((p) => !inBrowser(p) && !inSite(p)) },
    { config: ['--project', 'gpu'], files: tests.filter(inBrowser) },
    { config: ['--config', 'vitest.e2e.config.ts'], files: tests.filter(inSite) },
  ];
  return stages
    .filter(({ files }) => files.length > 0)
    .map(({ config, files }) => [...config, ...common, ...files]);
}

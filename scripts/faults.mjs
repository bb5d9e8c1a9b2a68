import './lib/requireNode.mjs';
import { build } from './lib/build.mjs';
import { ensurePackages } from './lib/ensurePackages.mjs';
import { findBrowser } from './lib/findBrowser.mjs';
import { closingLine, exitStatus } from './lib/outcome.mjs';
import { prepareMnist } from './lib/prepareMnist.mjs';
import { runVitest } from './lib/runVitest.mjs';
import { runCommand } from './lib/say.mjs';

/** Injects every fault as often as the suite can; `npm test` does each once. */
await runCommand(async () => {
  await ensurePackages({ dev: true });
  process.env.CHROMIUM_PATH = await findBrowser();
  await prepareMnist();
  await build({ quiet: true });
  process.env.FAULTS = 'whole';
  const timeout = `--testTimeout=${60 * 60_000}`;
  const outcome = await runVitest(['--config', 'vitest.e2e.config.ts', timeout, 'e2e/faults']);
  console.log(closingLine(outcome));
  return exitStatus(outcome);
}, 'Usage: npm run faults');

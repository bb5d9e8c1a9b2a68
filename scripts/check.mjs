import './lib/requireNode.mjs';
import { runChecks } from './lib/checks.mjs';
import { ensurePackages } from './lib/ensurePackages.mjs';
import { runCommand } from './lib/say.mjs';

await runCommand(async () => {
  await ensurePackages({ dev: true });
  const outcome = await runChecks();
  return outcome.failed === 0 ? 0 : 1;
});

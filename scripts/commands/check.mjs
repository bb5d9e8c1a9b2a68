import { runChecks } from '../lib/checks.mjs';
import { ensurePackages } from '../lib/ensurePackages.mjs';
import { readCommand } from '../lib/readCommand.mjs';
import { runCommand } from '../lib/say.mjs';

const usage = `Usage: npm run check

Checks types, lint and format, and who imports whom.`;

await runCommand(async () => {
  if (!readCommand({ usage })) return 0;
  await ensurePackages({ dev: true });
  const outcome = await runChecks();
  return outcome.failed === 0 ? 0 : 1;
}, usage);

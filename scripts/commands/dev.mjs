import { ensurePackages } from '../lib/ensurePackages.mjs';
import { inProject, root } from '../lib/paths.mjs';
import { prepareMnist } from '../lib/prepareMnist.mjs';
import { readCommand } from '../lib/readCommand.mjs';
import { run } from '../lib/run.mjs';
import { runCommand } from '../lib/say.mjs';

const usage = `Usage: npm run dev [-- options]

Serves the app from its sources and shows changes at once.

  --port NUMBER  instead of Vite's own
  --host NAME    serves other machines too
  --open         shows it in your browser`;

await runCommand(async () => {
  const options = /** @type {const} */ ({
    port: { type: 'string' },
    host: { type: 'string' },
    open: { type: 'boolean' },
  });
  if (!readCommand({ usage, options })) return 0;
  await ensurePackages({ dev: true });
  await prepareMnist();
  const vite = inProject('node_modules/vite/bin/vite.js');
  return run(process.execPath, [vite, ...process.argv.slice(2)], { cwd: root });
}, usage);

import './lib/requireNode.mjs';
import { ensurePackages } from './lib/ensurePackages.mjs';
import { inProject, root } from './lib/paths.mjs';
import { prepareMnist } from './lib/prepareMnist.mjs';
import { run } from './lib/run.mjs';
import { runCommand } from './lib/say.mjs';

await runCommand(async () => {
  await ensurePackages({ dev: true });
  await prepareMnist();
  const vite = inProject('node_modules/vite/bin/vite.js');
  return run(process.execPath, [vite, ...process.argv.slice(2)], { cwd: root });
});

import './lib/requireNode.mjs';
import { build } from './lib/build.mjs';
import { ensurePackages } from './lib/ensurePackages.mjs';
import { prepareMnist } from './lib/prepareMnist.mjs';
import { runCommand } from './lib/say.mjs';

await runCommand(async () => {
  await ensurePackages({ dev: false });
  await prepareMnist();
  await build();
});

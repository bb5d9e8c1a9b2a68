import { build } from '../lib/build.mjs';
import { ensurePackages } from '../lib/ensurePackages.mjs';
import { prepareMnist } from '../lib/prepareMnist.mjs';
import { readCommand } from '../lib/readCommand.mjs';
import { runCommand } from '../lib/say.mjs';

const usage = `Usage: npm run build

Builds the site into dist, which any host can serve.`;

await runCommand(async () => {
  if (!readCommand({ usage })) return;
  await ensurePackages({ dev: false });
  await prepareMnist();
  await build();
}, usage);

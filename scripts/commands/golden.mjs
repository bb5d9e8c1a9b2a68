import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { build } from '../lib/build.mjs';
import { ensurePackages } from '../lib/ensurePackages.mjs';
import { findBrowser } from '../lib/findBrowser.mjs';
import { launch } from '../lib/launch.mjs';
import { exportedFiles, leaveFinishedRun, leavePausedRun } from '../lib/makeGolden.mjs';
import { inProject } from '../lib/paths.mjs';
import { prepareMnist } from '../lib/prepareMnist.mjs';
import { readCommand } from '../lib/readCommand.mjs';
import { runCommand, say, UsageError } from '../lib/say.mjs';
import { serve } from '../lib/serve.mjs';

const usage = `Usage: npm run golden -- NAME

Writes what this version of the app keeps and exports into e2e/golden/NAME: every later version must
open it, which e2e/golden.test.ts sees to. NAME is the commit that it is made at.`;

await runCommand(async () => {
  const args = readCommand({ usage, words: 'NAME' });
  if (!args) return;
  const [name = '', ...others] = args.words;
  if (!/^[0-9a-f]{7,40}$/.test(name) || others.length > 0) {
    throw new UsageError('The name of one commit was expected.');
  }
  await ensurePackages({ dev: true });
  await prepareMnist();
  await build({ quiet: true });
  const folder = inProject(`e2e/golden/${name}`);
  await mkdir(folder, { recursive: true });
  const write = async (/** @type {string} */ file, /** @type {string | Buffer} */ content) => {
    await writeFile(join(folder, file), content);
    say(`${file}: ${content.length} bytes`);
  };

  const server = await serve(inProject('dist'));
  const browser = await findBrowser();
  try {
    for (const [file, leave] of Object.entries({
      paused: leavePausedRun,
      finished: leaveFinishedRun,
    })) {
      const context = await launch(browser, { serviceWorkers: 'block' });
      try {
        const page = await context.newPage();
        const dump = await leave(page, server.url);
        await write(`${file}.json.gz`, await promisify(gzip)(dump, { level: 9 }));
        for (const exported of await exportedFiles(page, file))
          await write(exported.name, exported.bytes);
      } finally {
        await context.close();
      }
    }
  } finally {
    await server.close();
  }
}, usage);

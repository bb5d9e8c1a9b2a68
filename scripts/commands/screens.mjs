import { mkdir } from 'node:fs/promises';
import { build } from '../lib/build.mjs';
import { ensurePackages } from '../lib/ensurePackages.mjs';
import { findBrowser } from '../lib/findBrowser.mjs';
import { launch } from '../lib/launch.mjs';
import { inProject } from '../lib/paths.mjs';
import { prepareMnist } from '../lib/prepareMnist.mjs';
import { readCommand } from '../lib/readCommand.mjs';
import { runCommand, say, UsageError } from '../lib/say.mjs';
import { serve } from '../lib/serve.mjs';

const usage = `Usage: npm run screens

Trains a small network and takes the pictures of docs/inside.md, into docs/inside.`;

const wide = { width: 1280, height: 800 };
const phone = { width: 390, height: 844 };

/** What is shown: a part of the page's address, a size, a scheme, a language. */
const screens = [
  { name: 'network', fragment: '#inside', size: wide, scheme: 'light', language: 'en' },
  { name: 'conv2', fragment: '#layer/conv2', size: wide, scheme: 'light', language: 'en' },
  { name: 'conv1-dark', fragment: '#layer/conv1', size: wide, scheme: 'dark', language: 'en' },
  { name: 'fc6', fragment: '#layer/fc6', size: wide, scheme: 'light', language: 'zh-Hant' },
  { name: 'why', fragment: '#why/4', size: wide, scheme: 'light', language: 'en' },
  { name: 'phone', fragment: '#inside', size: phone, scheme: 'light', language: 'zh-Hant' },
  { name: 'phone-dark', fragment: '#layer/conv2', size: phone, scheme: 'dark', language: 'en' },
];

await runCommand(async () => {
  const args = readCommand({ usage });
  if (!args) return;
  if (args.words.length > 0) throw new UsageError('Nothing was expected.');
  await ensurePackages({ dev: true });
  await prepareMnist();
  await build({ quiet: true });
  const folder = inProject('docs/inside');
  await mkdir(folder, { recursive: true });
  const server = await serve(inProject('dist'));
  const context = await launch(await findBrowser(), { serviceWorkers: 'block' });
  try {
    const page = await context.newPage();
    const atRest = () =>
      page.waitForFunction(() => window.workbench?.state().phase === 'idle', undefined, {
        timeout: 600_000,
      });
    const recipe = '?engine=wasm&width=0.125&batch=50&steps=100&interval=100&validation=200';
    await page.goto(`${server.url}${recipe}`);
    await atRest();
    await page.evaluate(() => window.workbench.train());
    for (const { name, fragment, size, scheme, language } of screens) {
      await page.setViewportSize(size);
      await page.emulateMedia({
        colorScheme: scheme === 'dark' ? 'dark' : 'light',
        reducedMotion: 'reduce',
      });
      await page.getByText(language === 'en' ? 'English' : '中文', { exact: true }).click();
      await page.evaluate((to) => {
        location.hash = to;
      }, fragment);
      await page.waitForTimeout(3000);
      await page.locator('#inside').screenshot({ path: `${folder}/${name}.png` });
      say(`docs/inside/${name}.png`);
    }
  } finally {
    await context.close();
    await server.close();
  }
}, usage);

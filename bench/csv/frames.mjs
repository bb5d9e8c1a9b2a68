import '../../scripts/lib/requireNode.mjs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureBuild } from '../../scripts/lib/build.mjs';
import { findBrowser } from '../../scripts/lib/findBrowser.mjs';
import { launch } from '../../scripts/lib/launch.mjs';
import { inProject } from '../../scripts/lib/paths.mjs';
import { runCommand } from '../../scripts/lib/say.mjs';
import { serve } from '../../scripts/lib/serve.mjs';
import { writeKaggleCsv } from './kaggleCsv.mjs';

/**
 * `node bench/csv/frames.mjs` imports a CSV file of 42,000 rows into the built page, as a user does, and
 * prints the longest time between two frames meanwhile: from the press of the button until the set is
 * kept. Beside it stands what the same page misses while nothing is done, which is the machine's share.
 * On a busy machine the one figure to go by is the longest task of the page's own thread in time of the
 * processor: what a frame would have to wait for were the machine free.
 */
const ROUNDS = 2;
const REST_MS = 3000;
const LATE_MS = 50;
const PATIENCE_MS = 600_000;

await runCommand(async () => {
  await ensureBuild();
  const folder = await mkdtemp(join(tmpdir(), 'workbench-csv-'));
  const server = await serve(inProject('dist'));
  const context = await launch(await findBrowser(), { serviceWorkers: 'block' });
  try {
    const path = join(folder, 'train.csv');
    await writeKaggleCsv(path);
    const readings = [];
    for (let round = 0; round < ROUNDS; round++) {
      readings.push(await measure(await context.newPage(), server.url, path));
    }
    console.log(JSON.stringify(readings, null, 2));
  } finally {
    await context.close().catch(() => {});
    await server.close();
    await rm(folder, { recursive: true, force: true });
  }
}, 'Usage: node bench/csv/frames.mjs');

/**
 * @param {import('playwright').Page} page
 * @param {string} url
 * @param {string} path
 */
async function measure(page, url, path) {
  page.setDefaultTimeout(PATIENCE_MS);
  await page.goto(`${url}?engine=wasm&lang=en`);
  await page.waitForFunction(() => window.workbench?.state().phase === 'idle');
  const atRest = await framesWhile(page, () => page.waitForTimeout(REST_MS));
  const importing = await framesWhile(page, async () => {
    const choosing = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Import dataset', exact: true }).click();
    await (await choosing).setFiles(path);
    await page.waitForFunction(() => {
      const { dataset, phase } = window.workbench.state();
      return phase === 'idle' && dataset.status === 'ready' && dataset.summary.id !== undefined;
    });
  });
  await page.evaluate(async () => {
    for (const { id } of window.workbench.state().datasets)
      await window.workbench.deleteDataset(id);
  });
  await page.close();
  return { atRest, importing };
}

/**
 * @param {import('playwright').Page} page
 * @param {() => Promise<unknown>} work
 */
async function framesWhile(page, work) {
  const endTrace = await traceTasks(page);
  await page.evaluate(() => {
    /** @type {number[]} */
    const frames = [];
    let isOn = true;
    const note = (/** @type {number} */ time) => {
      frames.push(time);
      if (isOn) requestAnimationFrame(note);
    };
    requestAnimationFrame(note);
    Object.assign(window, {
      endFrames: () => {
        isOn = false;
        return frames;
      },
    });
  });
  const startMs = performance.now();
  await work();
  const ms = Math.round(performance.now() - startMs);
  /** @type {number[]} */
  const frames = await page.evaluate(() => Reflect.get(window, 'endFrames')());
  const gaps = frames.slice(1).map((time, i) => time - (frames[i] ?? time));
  const longestFrameMs = Math.round(Math.max(0, ...gaps));
  const late = gaps.filter((gap) => gap > LATE_MS).length;
  return { ms, frames: frames.length, longestFrameMs, late, ...(await endTrace()) };
}

/**
 * Follows the tasks of the page's own thread, as the browser's own profiler does.
 * @param {import('playwright').Page} page
 * @returns {Promise<() => Promise<{ longestTaskMs: number, longestTaskCpuMs: number }>>}
 */
async function traceTasks(page) {
  const browser = page.context().browser();
  const session = await browser?.newBrowserCDPSession();
  if (!session) throw new Error('This browser cannot be traced.');
  /** @type {Record<string, any>[]} */
  const events = [];
  session.on('Tracing.dataCollected', ({ value }) => events.push(...value));
  const includedCategories = ['disabled-by-default-devtools.timeline', '__metadata'];
  await session.send('Tracing.start', { traceConfig: { includedCategories } });
  return async () => {
    const complete = new Promise((resolve) => session.once('Tracing.tracingComplete', resolve));
    await session.send('Tracing.end');
    await complete;
    await session.detach();
    const own = new Set(
      events
        .filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain')
        .map(({ pid, tid }) => `${pid} ${tid}`),
    );
    const tasks = events.filter(
      ({ name, pid, tid }) => name === 'RunTask' && own.has(`${pid} ${tid}`),
    );
    const longest = (/** @type {'dur' | 'tdur'} */ key) =>
      Math.round(Math.max(0, ...tasks.map((task) => task[key] ?? 0)) / 1000);
    return { longestTaskMs: longest('dur'), longestTaskCpuMs: longest('tdur') };
  };
}

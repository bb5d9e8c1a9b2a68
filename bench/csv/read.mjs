import '../../scripts/lib/requireNode.mjs';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findBrowser } from '../../scripts/lib/findBrowser.mjs';
import { launch } from '../../scripts/lib/launch.mjs';
import { runCommand } from '../../scripts/lib/say.mjs';
import { isolationHeaders } from '../../scripts/lib/securityHeaders.mjs';
import { serve } from '../../scripts/lib/serve.mjs';
import { bundlePage } from '../hosts/bundle.mjs';
import { writeKaggleCsv } from './kaggleCsv.mjs';

/**
 * `node bench/csv/read.mjs` writes a file of 42,000 rows, as Kaggle's train.csv has, from the first images
 * of MNIST, reads it in a worker of a real browser, and prints how long that took and how much the
 * memory of its process rose at its peak (on Linux, where the system tells).
 */
const ROUNDS = 3;
const MEGABYTE = 1e6;

await runCommand(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'workbench-csv-'));
  try {
    const path = join(folder, 'train.csv');
    const hash = await writeKaggleCsv(path);
    const site = join(folder, 'site');
    await bundlePage(site, 'bench/csv');
    const readings = await measure(site, path);
    for (const { hash: seen } of readings) {
      if (seen !== hash) throw new Error('The pixels that were read are not those of MNIST.');
    }
    const fileBytes = (await stat(path)).size;
    console.log(JSON.stringify({ fileBytes, readings }, null, 2));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}, 'Usage: node bench/csv/read.mjs');

/**
 * @param {string} site
 * @param {string} path
 */
async function measure(site, path) {
  const server = await serve(site, { headers: isolationHeaders });
  const context = await launch(await findBrowser());
  try {
    const readings = [];
    for (let round = 0; round < ROUNDS; round++) {
      const page = await context.newPage();
      await page.goto(server.url);
      await page.setInputFiles('input', path);
      const session = await context.browser()?.newBrowserCDPSession();
      const before = await peaks(session);
      const reading = await page.evaluate(() => window.readChosen());
      const risen = [...(await peaks(session))].map(([id, bytes]) => bytes - (before.get(id) ?? 0));
      const peakBytes = Math.max(0, ...risen);
      const peakShare = peakBytes / reading.pixelBytes;
      readings.push({ ...reading, peakMB: Math.round(peakBytes / MEGABYTE), peakShare });
      await page.close();
    }
    return readings;
  } finally {
    await context.close().catch(() => {});
    await server.close();
  }
}

/**
 * The most memory that each renderer has held so far, by its process; empty where it is not told.
 * @param {import('playwright').CDPSession | undefined} session
 * @returns {Promise<Map<number, number>>}
 */
async function peaks(session) {
  const { processInfo = [] } = (await session?.send('SystemInfo.getProcessInfo')) ?? {};
  /** @type {Map<number, number>} */
  const bytes = new Map();
  for (const { id, type } of processInfo.filter((each) => each.type === 'renderer')) {
    const status = await readFile(`/proc/${id}/status`, 'utf8').catch(() => '');
    const peakKiB = /VmHWM:\s*(\d+) kB/.exec(status)?.[1];
    if (type && peakKiB) bytes.set(id, 1024 * Number(peakKiB));
  }
  return bytes;
}

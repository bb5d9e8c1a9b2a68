import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { button, phaseOf, progressOf, waitForPhase } from './support/actions.ts';
import { type Deployment, deploy } from './support/deployment.ts';
import { openSite, type Site } from './support/site.ts';

const shortRun = '?engine=wasm&width=0.125&batch=20&steps=5&validation=100&lang=en';
const longRun = '?engine=wasm&width=0.125&batch=20&steps=100000&validation=100&lang=en';

/** It takes the page over once it has kept every file of the app. */
async function waitForServiceWorker(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const container = navigator.serviceWorker;
    if (container.controller) return;
    await new Promise((resolve) => {
      container.addEventListener('controllerchange', resolve, { once: true });
    });
  });
}

/** The paths of all files that are kept. */
function keptPaths(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const names = await caches.keys();
    const requests = names.map(async (name) => (await caches.open(name)).keys());
    return (await Promise.all(requests)).flat().map(({ url }) => new URL(url).pathname);
  });
}

async function waitForStepAfter(page: Page, step: number): Promise<void> {
  await expect
    .poll(async () => (await progressOf(page))?.step ?? 0, { timeout: 60_000 })
    .toBeGreaterThan(step);
}

function versionOf(page: Page): Promise<string | undefined> {
  return page.evaluate(
    () => document.querySelector<HTMLMetaElement>('meta[name="workbench-version"]')?.content,
  );
}

describe('after the first visit', () => {
  let site: Site;

  beforeAll(async () => {
    site = await openSite(shortRun);
    await waitForPhase(site.page, 'idle');
  });
  afterAll(() => site?.close());

  it('has kept the app, but of MNIST only what was loaded', async () => {
    const { page } = site;
    await waitForServiceWorker(page);
    const paths = await keptPaths(page);
    expect(paths).toContain('/');
    expect(paths.filter((path) => path.endsWith('.wasm'))).toHaveLength(2);
    expect(paths.filter((path) => path.startsWith('/mnist/'))).toEqual([]);

    await page.evaluate(() => window.workbench.loadDataset());
    await expect
      .poll(async () => (await keptPaths(page)).filter((path) => path.startsWith('/mnist/')))
      .toHaveLength(5);
  });

  it('opens and trains without a network, on all cores', async ({ task }) => {
    const { page } = site;
    await site.stopHost();
    await page.reload();
    await waitForPhase(page, 'idle');
    const { threads, cores } = await page.evaluate(() => ({
      threads: window.workbench.state().engine?.threads,
      cores: navigator.hardwareConcurrency,
    }));
    expect(threads).toEqual({ used: cores, available: cores });

    await button(page, 'Train').click();
    await expect.poll(async () => (await progressOf(page))?.step, { timeout: 60_000 }).toBe(5);
    await waitForPhase(page, 'idle');
    expect(site.complaints).toEqual([]);
    task.meta.fault = { case: 27, words: 'no network', injected: 1, survived: 1 };
  });
});

describe('when a newer version is there', () => {
  let deployment: Deployment;
  let site: Site;

  beforeAll(async () => {
    deployment = await deploy();
    site = await openSite(longRun, {}, deployment);
    await waitForPhase(site.page, 'idle');
    await waitForServiceWorker(site.page);
    // Chromium looks for one itself soon after the first registration, and does it in one go.
    await lookForUpdate();
  });
  afterAll(async () => {
    await site?.close();
    await deployment?.remove();
  });

  const lookForUpdate = () =>
    site.page.evaluate(async () => {
      await (await navigator.serviceWorker.ready).update();
    });

  it('says so during a run, and neither breaks it off nor offers to', async () => {
    const { page } = site;
    await button(page, 'Train').click();
    await waitForStepAfter(page, 0);
    await deployment.deployAnother();
    await lookForUpdate();
    await page.getByText('A new version of this page is ready.').waitFor();
    expect(await page.getByText('You can reload once nothing is running.').isVisible()).toBe(true);
    expect(await button(page, 'Reload').count()).toBe(0);
    const { step = 0 } = (await progressOf(page)) ?? {};
    await waitForStepAfter(page, step);
    expect(await phaseOf(page)).toBe('training');
  });

  it('takes its place when the user says so, and finds the run where it was', async () => {
    const { page } = site;
    await button(page, 'Pause').click();
    await waitForPhase(page, 'paused');
    const before = await progressOf(page);
    const version = await versionOf(page);
    await Promise.all([page.waitForEvent('load'), button(page, 'Reload').click()]);
    await waitForPhase(page, 'paused');
    expect(await progressOf(page)).toEqual(before);
    expect(await versionOf(page)).not.toBe(version);
    await expect
      .poll(async () => (await keptPaths(page)).filter((path) => path === '/'))
      .toHaveLength(1);
    expect(await page.getByText('A new version of this page is ready.').count()).toBe(0);
  });

  it('says nothing to a page that the network brought newer already', async () => {
    const { page } = site;
    const version = await versionOf(page);
    await deployment.deployAnother();
    await page.reload();
    await waitForPhase(page, 'paused');
    expect(await versionOf(page)).not.toBe(version);
    await lookForUpdate();
    await expect
      .poll(() => page.evaluate(async () => (await navigator.serviceWorker.ready).waiting !== null))
      .toBe(true);
    await page.waitForTimeout(500);
    expect(await page.getByText('A new version of this page is ready.').count()).toBe(0);
  });

  it('goes, with all that it kept, when another page takes the place of the site', async () => {
    const { page } = site;
    await deployment.replaceByAnotherPage();
    await page.reload();
    expect(await page.title()).toBe('Another page');
    await page.reload();
    const left = () =>
      page.evaluate(async () => [
        ...(await navigator.serviceWorker.getRegistrations()).map(({ scope }) => scope),
        ...(await caches.keys()),
      ]);
    await expect.poll(left).toEqual([]);
    expect(site.complaints).toEqual([]);
  });
});

describe('while the host is broken', () => {
  const maintenance = '<!doctype html><title>Down for maintenance</title>';
  let deployment: Deployment;
  let site: Site;

  beforeAll(async () => {
    deployment = await deploy();
    site = await openSite(shortRun, {}, deployment);
    await waitForPhase(site.page, 'idle');
    await waitForServiceWorker(site.page);
  });
  afterAll(async () => {
    await site?.close();
    await deployment?.remove();
  });

  const deployedPage = () => readFile(join(deployment.folder, 'index.html'), 'utf8');
  const deployedVersion = async () =>
    /name="workbench-version" content="(\w+)"/.exec(await deployedPage())?.[1];
  const begin = async () => {
    const page = await deployedPage();
    return page.slice(0, page.length / 2);
  };
  /** Which files answer wrongly, and with what; undefined is 404. */
  const faults: [string, (script: string) => Promise<Record<string, string | undefined>>][] = [
    ['has no page', async () => ({ 'index.html': undefined })],
    [
      'answers with one page',
      async () => ({ 'index.html': maintenance, 'serviceWorker.js': maintenance }),
    ],
    ['cuts the page off', async () => ({ 'index.html': await begin() })],
    ['lacks a script of the newer version', async (script) => ({ [script]: undefined })],
    ['has a page in the place of a script', async (script) => ({ [script]: maintenance })],
    ['has an older list', async () => ({ 'site.json': '{"version":"older","files":{}}' })],
  ];

  it.each(faults)(
    'and %s, the kept page works, and the newer one once it is repaired',
    async (_, spoilt) => {
      const { page } = site;
      const script = await deployment.deployAnother();
      const newest = await deployedVersion();
      const files = Object.entries(await spoilt(script));
      const repairs = await Promise.all(files.map((file) => deployment.spoil(...file)));
      try {
        await page.reload();
        await waitForPhase(page, 'idle');
        expect(await versionOf(page)).not.toBe(newest);
      } finally {
        for (const repair of repairs) await repair();
      }
      await page.reload();
      await waitForPhase(page, 'idle');
      expect(await versionOf(page)).toBe(newest);
    },
  );

  it('has MNIST again at the first attempt after the repair', async () => {
    const { page } = site;
    const load = () =>
      page.evaluate(() =>
        window.workbench.loadDataset().then(
          ({ name }) => name,
          (error) => String(error),
        ),
      );
    const repair = await deployment.spoil('mnist/manifest.json', maintenance);
    expect(await load()).toMatch(/mnist\/manifest\.json cannot be loaded/);
    await repair();
    expect(await load()).toBe('MNIST');
    expect(site.complaints).toEqual([]);
  });
});

describe('on a host that sends no headers', () => {
  let site: Site;

  beforeAll(async () => {
    site = await openSite(shortRun, {}, { sendsHeaders: false });
    await waitForPhase(site.page, 'idle');
  });
  afterAll(() => site?.close());

  const isolation = () =>
    site.page.evaluate(() => ({
      isolated: crossOriginIsolated,
      available: window.workbench.state().engine?.threads?.available,
    }));

  it('offers to reload, since the service worker isolates the page from then on', async () => {
    const { page } = site;
    expect(await isolation()).toEqual({ isolated: false, available: 1 });
    await page.getByText('After a reload, all cores train.').waitFor();
    await Promise.all([page.waitForEvent('load'), button(page, 'Reload').click()]);
    await waitForPhase(page, 'idle');
    const cores = await page.evaluate(() => navigator.hardwareConcurrency);
    expect(await isolation()).toEqual({ isolated: true, available: cores });
    expect(await page.getByText('After a reload, all cores train.').count()).toBe(0);
  });

  it('trains there on all cores', async () => {
    const { page } = site;
    await button(page, 'Train').click();
    await expect.poll(async () => (await progressOf(page))?.step, { timeout: 60_000 }).toBe(5);
    await waitForPhase(page, 'idle');
    expect(site.complaints).toEqual([]);
  });
});

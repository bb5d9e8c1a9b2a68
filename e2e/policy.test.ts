import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page, Worker } from 'playwright';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { eachInjects } from '../src/util/testing/faults.ts';
import { waitForPhase } from './support/actions.ts';
import { openSite, type Site } from './support/site.ts';

/** Nobody listens there, and nobody is to be asked. */
const ELSEWHERE = 'http://127.0.0.1:9/';
const address = '?engine=wasm&threads=2&arch=lenet5&batch=8&steps=2&validation=100&lang=en';

/** Three kinds of scope run code of the site. */
type Scope = Page | Worker;

async function workerOf(page: Page, name: RegExp): Promise<Worker> {
  return vi.waitFor(
    () => {
      const found = page.workers().find((worker) => name.test(worker.url()));
      if (!found) throw new Error(`no worker ${name} among ${page.workers().map((w) => w.url())}`);
      return found;
    },
    { timeout: 20_000 },
  );
}

const attempts: [string, () => unknown][] = [
  ['a worker from elsewhere', () => new Worker('https://example.com/worker.js')],
  ['a worker from text', () => new Worker('data:text/javascript,0')],
  ['a worker from a text of its own', () => new Worker(URL.createObjectURL(new Blob(['0'])))],
  ['text as code', () => setTimeout('globalThis.evil = true')],
  ['another policy', () => Reflect.get(self, 'trustedTypes').createPolicy('other', {})],
];
const attemptsOfPages: typeof attempts = [
  ['a worker from a file that is no script of ours', () => new Worker('./mnist/manifest.json')],
  ['markup', () => document.createElement('div').insertAdjacentHTML('beforeend', '<img>')],
];

/** What the policy says of a request to another machine: the directive that forbids it. */
function directiveAgainst(scope: Scope): Promise<string> {
  const ask = async (url: string) => {
    const told = new Promise<string>((resolve) => {
      self.addEventListener(
        'securitypolicyviolation',
        (event) => resolve((event as SecurityPolicyViolationEvent).effectiveDirective),
        { once: true },
      );
      setTimeout(() => resolve('nothing'), 5000);
    });
    await fetch(url).catch(() => undefined);
    return told;
  };
  return (scope as Page).evaluate(ask, ELSEWHERE);
}

async function expectPolicy(scope: Scope, tried: typeof attempts): Promise<void> {
  for (const [what, attempt] of tried) {
    const refusal = await (scope as Page).evaluate(attempt).then(
      () => 'nothing',
      (error: Error) => error.message,
    );
    expect(refusal, what).toMatch(/Trusted|Policy/i);
  }
  expect(await directiveAgainst(scope)).toBe('connect-src');
}

describe('the policy of a host that isolates the page and has none', () => {
  let site: Site;

  beforeAll(async () => {
    const expects = /^Request to https?:[/][/](example[.]com|127[.]0[.]0[.]1:9)[/]/;
    // It would add the headers.
    const options = { serviceWorkers: 'block' } as const;
    site = await openSite(address, options, { sendsHeaders: 'isolation', expects });
    await waitForPhase(site.page, 'idle');
    expect(await site.page.evaluate(() => crossOriginIsolated)).toBe(true);
  });
  afterAll(() => site?.close());

  it('is that of the page, on page, worker and thread', async () => {
    const { page } = site;
    await page.evaluate(() => window.workbench.train());
    const engine = await page.evaluate(() => window.workbench.state().engine);
    expect(engine?.threads).toMatchObject({ used: 2 });
    await expectPolicy(page, [...attempts, ...attemptsOfPages]);
    await expectPolicy(await workerOf(page, /entry-/), attempts);
    await expectPolicy(await workerOf(page, /thread-/), attempts);
  });
});

describe.each([
  { name: 'in the headers', sendsHeaders: true },
  { name: 'in the page alone', sendsHeaders: false },
])('the policy $name', ({ name, sendsHeaders }) => {
  eachInjects(27, `foreign code, with the policy ${name}`);
  let site: Site;

  beforeAll(async () => {
    const expects =
      /^Breach of the policy|^Request to https?:[/][/](example[.]com|127[.]0[.]0[.]1:9)[/]/;
    site = await openSite(address, {}, { sendsHeaders, expects });
    await waitForPhase(site.page, 'idle');
    expect(site.complaints).toEqual([]);
  });
  afterAll(() => site?.close());

  it('holds on the page', async () => {
    await expectPolicy(site.page, [...attempts, ...attemptsOfPages]);
  });

  it('holds in its worker, on the first visit', async () => {
    await expectPolicy(await workerOf(site.page, /entry-/), attempts);
  });

  it('holds in a thread of the worker, and once the service worker adds the headers', async () => {
    const { page } = site;
    if (!sendsHeaders) {
      await page.evaluate(async () => {
        const container = navigator.serviceWorker;
        if (container.controller) return;
        await new Promise((resolve) => container.addEventListener('controllerchange', resolve));
      });
      await page.reload();
      await waitForPhase(page, 'idle');
    }
    await page.evaluate(() => window.workbench.train());
    await expectPolicy(await workerOf(page, /thread-/), attempts);
    await expectPolicy(await workerOf(page, /entry-/), attempts);
    await expectPolicy(page, [...attempts, ...attemptsOfPages]);
  });

  it('shows nothing of it, or does nothing, in the frame of another site', async () => {
    const server = createServer((_, response) => {
      response.writeHead(200, { 'Content-Type': 'text/html' });
      response.end(`<!doctype html><iframe src="${site.url}&train=1"></iframe>`);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    // A new profile, in which no service worker adds the headers.
    const stranger = await openSite(
      address,
      { serviceWorkers: 'block' },
      { sendsHeaders, expects: /./ },
    );
    try {
      const { page } = stranger;
      // 127.0.0.1 is another site than localhost.
      await page.goto(`http://127.0.0.1:${port}/`);
      const frame = page.frameLocator('iframe');
      if (sendsHeaders) {
        await page.waitForTimeout(1000);
        expect(await frame.locator('#root').count()).toBe(0);
      } else {
        await frame.getByText('Another site shows AlexNet Workbench').waitFor();
        expect(await frame.locator('#root > *').count()).toBe(0);
        expect(page.workers()).toEqual([]);
      }
    } finally {
      await stranger.close();
      server.close();
      server.closeAllConnections();
    }
  });
});

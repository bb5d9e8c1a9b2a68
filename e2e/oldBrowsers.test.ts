import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { button, waitForPhase } from './support/actions.ts';
import { openSite, type Site } from './support/site.ts';

/** One of each kind; scripts/lib/browserCheck.test.mjs goes through all. */
const needed = [
  'Array.prototype.toSorted',
  'ResizeObserver',
  'Promise.allSettled',
  'structuredClone',
];

/** Newer than the browsers that are named: what only they have is not used. */
const newer = [
  'Promise.withResolvers',
  'Promise.try',
  'Array.fromAsync',
  'Object.groupBy',
  'Map.groupBy',
  'URL.canParse',
  'URL.parse',
  'AbortSignal.any',
  'Iterator',
  'Set.prototype.union',
  'String.prototype.isWellFormed',
  'ArrayBuffer.prototype.transfer',
  'Intl.Segmenter',
  'Intl.DurationFormat',
  'requestIdleCallback',
  'scheduler',
];

/** In the page, before anything of it: takes these away, as if the browser had never had them. */
function takeAway(paths: readonly string[]): void {
  for (const path of paths) {
    const names = path.split('.');
    const last = names.pop() ?? '';
    const owner = names.reduce<object | undefined>(
      (value, name) => value && Reflect.get(value, name),
      window,
    );
    if (owner) Reflect.deleteProperty(owner, last);
    if (owner && last in owner) {
      Object.defineProperty(owner, last, { value: undefined, configurable: true });
    }
  }
}

describe('an older browser', () => {
  let site: Site;
  beforeAll(async () => {
    site = await openSite('?engine=wasm&arch=lenet5&width=0.125&lang=en');
  });
  afterAll(() => site?.close());

  async function openWithout(paths: readonly string[]) {
    const page = await site.page.context().newPage();
    await page.addInitScript(takeAway, paths);
    await page.goto(site.url);
    return page;
  }

  it.each(needed)('without %s is told which browsers would do, in both languages', async (path) => {
    const page = await openWithout([path]);
    await page.getByText('Chrome and Edge 111, Firefox 115, Safari 16.4').waitFor();
    await page.getByText('請改用 Chrome 或 Edge 111').waitFor();
    expect(await page.locator('#root').evaluate((root) => root.childElementCount)).toBe(0);
    await page.close();
  });

  it('without anything that is newer works', async () => {
    const page = await openWithout(newer);
    await waitForPhase(page, 'idle');
    await button(page, 'Train').waitFor();
    expect(await page.locator('#too-old').isVisible()).toBe(false);
    await page.close();
  });

  it('whose page does not load says so', async () => {
    // A service worker would have the script, and give it without asking anybody.
    const context = await site.page.context().browser()?.newContext({ serviceWorkers: 'block' });
    if (!context) throw new Error('the browser is there');
    const page = await context.newPage();
    await page.route(/assets[/]index-.*[.]js$/, (route) => route.abort());
    await page.goto(site.url);
    await page.getByText('The page could not be opened.').waitFor();
    await context.close();
  });
});

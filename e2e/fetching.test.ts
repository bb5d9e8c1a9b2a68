import type { Request } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeIdx } from '../src/formats/testing/idxFiles.ts';
import { button, region, waitForPhase } from './support/actions.ts';
import { openSite, type Site } from './support/site.ts';

const HOST = 'https://data.example';
const count = 12;
const images = encodeIdx(
  [count, 16, 16],
  Uint8Array.from({ length: count * 256 }, (_, i) => (i * 3 + (i >> 8)) % 256),
);
const labels = encodeIdx(
  [count],
  Uint8Array.from({ length: count }, (_, i) => i % 3),
);
const files = new Map<string, Uint8Array>([
  ['/sketches-images-idx3-ubyte', images],
  ['/sketches-labels-idx1-ubyte', labels],
]);
const addresses = [...files.keys()].map((path) => HOST + path);

describe('a data set from elsewhere', () => {
  let site: Site;
  const asked: Request[] = [];
  const notices = () =>
    site.page.evaluate(() => window.workbench.state().notices.map(({ code }) => code));
  const type = async (text: string) => {
    await button(site.page, 'Get another').click();
    await site.page
      .getByLabel('Data set', { exact: true })
      .selectOption('Files at other addresses');
    await site.page.getByLabel('Addresses of its files').fill(text);
  };

  beforeAll(async () => {
    site = await openSite(
      '?engine=wasm&threads=1&arch=lenet5&lang=en',
      {},
      {
        expects: new RegExp(`^Request to ${HOST}/`),
        prepare: (page) =>
          page.context().route(`${HOST}/**`, async (route) => {
            asked.push(route.request());
            const body = files.get(new URL(route.request().url()).pathname);
            await route.fulfill(
              body
                ? { body: Buffer.from(body), headers: { 'Access-Control-Allow-Origin': '*' } }
                : { status: 404, headers: { 'Access-Control-Allow-Origin': '*' } },
            );
          }),
      },
    );
    await waitForPhase(site.page, 'idle');
  });
  afterAll(() => site?.close());

  it('is not asked for before the user has seen where, and agreed', async () => {
    await type(addresses.join('\n'));
    for (const address of addresses) await site.page.getByText(address).last().waitFor();
    expect(site.complaints).toEqual([]);
    expect(asked).toEqual([]);
  });

  it('may be an IDX pair at two addresses, asked for without saying who asks', async () => {
    await button(site.page, 'Fetch').click();
    await region(site.page, 'Dataset').getByText('in use').waitFor();
    const { dataset } = await site.page.evaluate(() => window.workbench.state());
    expect(dataset).toMatchObject({ status: 'ready', summary: { trainCount: 11 } });
    expect(asked.map((request) => request.url()).sort()).toEqual(addresses);
    for (const request of asked) {
      const { referer, cookie } = await request.allHeaders();
      expect([referer, cookie]).toEqual([undefined, undefined]);
    }
  });

  it('that is not there is named, and the set in use stays', async () => {
    await type(`${HOST}/nothing.npz`);
    await button(site.page, 'Fetch').click();
    await site.page.getByText(`${HOST}/nothing.npz could not be fetched`).first().waitFor();
    expect(await region(site.page, 'Dataset').getByText('in use').count()).toBe(1);
  });

  it('is not asked for where the machine is off-line, which is said', async () => {
    const before = asked.length;
    await site.page.context().setOffline(true);
    await type(addresses.join('\n'));
    await button(site.page, 'Fetch').click();
    await site.page.getByText('This machine is offline').first().waitFor();
    await site.page.context().setOffline(false);
    expect(asked).toHaveLength(before);
    expect(await notices()).toContain('dataset.offline');
  });

  it('and what is no https address cannot be fetched', async () => {
    await type('http://data.example/a.npz');
    expect(await button(site.page, 'Fetch').isDisabled()).toBe(true);
  });

  it('asks nobody else', () => {
    const strangers = site.complaints.filter((complaint) => !complaint.includes(HOST));
    expect(strangers).toEqual([]);
  });
});

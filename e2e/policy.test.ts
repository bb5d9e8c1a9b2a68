import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eachInjects } from '../src/util/testing/faults.ts';
import { waitForPhase } from './support/actions.ts';
import { openSite, type Site } from './support/site.ts';

describe.each([
  { name: 'in the headers', sendsHeaders: true },
  { name: 'in the page alone', sendsHeaders: false },
])('the policy $name', ({ name, sendsHeaders }) => {
  eachInjects(27, `foreign code, with the policy ${name}`);
  let site: Site;

  beforeAll(async () => {
    const expects = /^Breach of the policy|^Request to https:[/][/]example[.]com[/]/;
    site = await openSite('?engine=wasm&width=0.125&lang=en', {}, { sendsHeaders, expects });
    await waitForPhase(site.page, 'idle');
    expect(site.complaints).toEqual([]);
  });
  afterAll(() => site?.close());

  const attempts: [string, () => unknown][] = [
    ['a worker from elsewhere', () => new Worker('https://example.com/worker.js')],
    ['a worker from text', () => new Worker('data:text/javascript,0')],
    ['a worker from a file that is no script of ours', () => new Worker('./mnist/manifest.json')],
    ['markup', () => document.createElement('div').insertAdjacentHTML('beforeend', '<img>')],
    ['text as code', () => setTimeout('globalThis.evil = true')],
    ['another policy', () => Reflect.get(window, 'trustedTypes').createPolicy('other', {})],
  ];
  it.each(attempts)('refuses %s', async (_, attempt) => {
    await expect(site.page.evaluate(attempt)).rejects.toThrow(/Trusted|Policy/);
  });
});

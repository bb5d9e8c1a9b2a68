import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { inProject } from './paths.mjs';

/** @param {string} text */
const versionsIn = (text) =>
  Object.fromEntries(
    [...text.matchAll(/(Edge|Firefox|Safari) (\d+(?:[.]\d+)?)/g)].map(([, name, version]) => [
      name,
      version,
    ]),
  );

describe('the browsers that are named', () => {
  it('are the same in the README and in each language of the page', async () => {
    const page = await readFile(inProject('index.html'), 'utf8');
    const readme = await readFile(inProject('README.md'), 'utf8');
    const sentences = [...page.matchAll(/<p lang="[^"]+">([^<]*Safari[^<]*)<\/p>/g)];
    const named = { Edge: '111', Firefox: '115', Safari: '16.4' };
    expect(sentences).toHaveLength(2);
    for (const [, sentence = ''] of sentences) expect(versionsIn(sentence)).toEqual(named);
    expect(versionsIn(readme)).toEqual(named);
  });
});

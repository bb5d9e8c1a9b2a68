import { access, readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { inProject } from '../../scripts/lib/paths.mjs';
import { readCommandLine } from '../commandLine.mjs';
import { namesIn } from './markers.mjs';
import { figureOf, figures } from './registry.mjs';

const pages = ['README.md', 'docs/performance.md', 'docs/accuracy.md'];

describe('the figures of README and docs', () => {
  it('have a place for each, and a figure for each place', async () => {
    for (const page of pages) {
      const wanted = figures.filter(({ files }) => files.includes(page)).map(({ name }) => name);
      const there = namesIn(await readFile(inProject(page), 'utf8'));
      expect([...there].sort(), page).toEqual([...wanted].sort());
    }
  });

  it.each(figures.filter(({ bench }) => bench).map(({ name, bench }) => [name, bench ?? []]))(
    '%s is measured by a command that is known',
    (_, bench) => {
      expect(readCommandLine(bench)).toBeDefined();
    },
  );

  it.each(figures.filter(({ of }) => of).map(({ name, of }) => [name, of ?? '']))(
    '%s is a part of one that is measured',
    (_, of) => {
      expect(figureOf(of)?.bench).toContain('--rounds');
    },
  );

  it('cover code that is there', async () => {
    for (const path of new Set(figures.flatMap(({ covers }) => covers))) {
      await expect(access(inProject(path)), path).resolves.toBeUndefined();
    }
  });
});

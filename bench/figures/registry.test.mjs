import { access, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { inProject } from '../../scripts/lib/paths.mjs';
import { readCommandLine } from '../commandLine.mjs';
import { entrantOf } from '../contestants/registry.mjs';
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

  it('are offered where they stand by a command that measures', async () => {
    for (const page of pages) {
      const text = await readFile(inProject(page), 'utf8');
      for (const [, name = ''] of text.matchAll(
        /Not measured[^`]*`npm run figures -- ([\w-]+)`/g,
      )) {
        expect(figureOf(name)?.bench ?? figureOf(name)?.train, name).toBeDefined();
      }
    }
  });

  it.each(figures.filter(({ bench }) => bench).map(({ name }) => [name]))(
    '%s covers all that it is measured with',
    async (name) => {
      const { bench = [], covers = [] } = figureOf(name) ?? {};
      const modules = (readCommandLine(bench)?.options.only ?? []).flatMap((id) => {
        const { module, host } = entrantOf(id) ?? {};
        return host === 'page' ? [`bench/contestants/${module}.ts`] : [];
      });
      const reached = await reachedFrom([
        ...['bench/run.mjs', 'bench/commandLine.mjs', 'bench/page/page.ts', 'bench/page/worker.ts'],
        ...['bench/work/makeWork.ts', ...modules],
      ]);
      expect(reached.size).toBeGreaterThan(40);
      const isCovered = (/** @type {string} */ path) =>
        covers.some((cover) => path === cover || path.startsWith(`${cover}/`));
      expect([...reached].filter((path) => !isCovered(path))).toEqual([]);
    },
  );

  it('cover code that is there', async () => {
    for (const path of new Set(figures.flatMap(({ covers }) => covers))) {
      await expect(access(inProject(path)), path).resolves.toBeUndefined();
    }
  });
});

/** Opens the whole app, and no figure is of it: what it needs is loaded when it is asked for. */
const OF_NO_FIGURE = 'bench/measures/growth.mjs';

/** Files of src and bench that these import, however far. @param {readonly string[]} entries */
async function reachedFrom(entries) {
  const reached = new Set(entries);
  for (const path of reached) {
    const text = await readFile(inProject(path), 'utf8');
    const lines = text.split('\n').filter((line) => !line.trimStart().startsWith('*'));
    const found = lines
      .join('\n')
      .matchAll(/(?:from|import\(|new URL\(|^import) ?'(\.{1,2}\/[^']+)'/gm);
    for (const [, to = ''] of found) {
      const target = join(dirname(path), to);
      if (target === OF_NO_FIGURE) continue;
      if (/^(src|bench)\/.*\.(ts|mjs)$/.test(target)) reached.add(target);
    }
  }
  return reached;
}

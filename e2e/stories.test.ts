import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundleWorkers } from '../scripts/lib/bundledWorkers.mjs';
import { inProject } from '../scripts/lib/paths.mjs';
import { openSite, type Site } from './support/site.ts';

/** `npm run model` plays many more, in pages that are quicker to open; `STORIES=100` more of these. */
const STORIES = Number(process.env.STORIES ?? 10);
const SEED = Number(process.env.VITE_MODEL_SEED ?? 1);
const MOST_MS = 600_000;

const blank = '<!doctype html><title>blank</title>';
const player = '<!doctype html><title>player</title><script type="module" src="play.js"></script>';

/** The built site, with the model that plays in its tabs beside it, and no MNIST to fetch. */
describe('whatever is done in two tabs of the built site, in any order', {
  timeout: MOST_MS,
}, () => {
  let folder: string | undefined;
  let site: Site | undefined;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'workbench-stories-'));
    const isKept = (path: string) => !path.includes('mnist');
    await cp(inProject('dist'), folder, { recursive: true, filter: isKept });
    const model = join(folder, 'bundled-workers');
    const play = 'src/testing/model/windowEntry.ts';
    const reference = 'src/testing/model/referenceEntry.ts';
    const pace = 'src/testing/model/pace.ts';
    await bundleWorkers({ play, reference, pace }, model);
    await beginWith(pace, join(folder, 'assets'));
    await writeFile(join(model, 'blank.html'), blank);
    await writeFile(join(model, 'play.html'), player);
    site = await openSite(
      'bundled-workers/play.html',
      // It would answer in the place of the folder.
      { serviceWorkers: 'block' },
      {
        folder,
        prepare: (page) => page.context().addInitScript(keepWorkers),
      },
    );
  }, MOST_MS);
  afterAll(async () => {
    await site?.close();
    if (folder) await rm(folder, { recursive: true, force: true });
  });

  it('the workbench keeps its promises', async () => {
    console.log(`${STORIES} stories, seed ${SEED}`);
    const page = site?.page;
    if (!page) throw new Error('the site is open');
    await page.waitForFunction(() => 'playStories' in window);
    const { failure, seconds, timesDone, told } = await page.evaluate(
      ({ count, seed }) => window.playStories(count, seed),
      { count: STORIES, seed: SEED },
    );
    console.log(`seconds: ${seconds}\n${told}`);
    expect(failure).toBeNull();
    for (const often of ['Train', 'reload']) {
      expect(timesDone[often] ?? 0, often).toBeGreaterThan(0);
    }
  });
});

/** Has the training worker in this folder run that before all else. */
async function beginWith(entry: string, folder: string): Promise<void> {
  const workers = (await readdir(folder)).filter((name) => /^entry-.*[.]js$/.test(name));
  expect(workers, 'scripts of the worker').toHaveLength(1);
  const path = join(folder, String(workers[0]));
  const name = basename(entry, '.ts');
  await writeFile(path, `import '../bundled-workers/${name}.js';\n${await readFile(path, 'utf8')}`);
}

/** Runs before any script of a page: the model ends a page's worker as a crash does. */
function keepWorkers(): void {
  const made: Worker[] = [];
  Object.assign(window, { modelWorkers: made });
  window.Worker = new Proxy(Worker, {
    construct(target, args: ConstructorParameters<typeof Worker>) {
      const worker = new target(...args);
      made.push(worker);
      return worker;
    },
  });
}

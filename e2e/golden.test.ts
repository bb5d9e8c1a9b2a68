import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Page } from 'playwright';
import { afterEach, describe, expect, it } from 'vitest';
import { restoreOrigin } from '../scripts/lib/databaseDump.mjs';
import { goldenClasses } from '../scripts/lib/makeGolden.mjs';
import { inProject } from '../scripts/lib/paths.mjs';
import { type Curves, unpackHistory } from '../src/domain/metrics/history.ts';
import type { RunRecord } from '../src/domain/runs/run.ts';
import { openZip } from '../src/formats/archives/zip.ts';
import { readSafetensors } from '../src/formats/weights/safetensors.ts';
import { waitForPhase } from './support/actions.ts';
import { openSite, type Site } from './support/site.ts';

/**
 * What earlier versions wrote, a folder a version, named by its commit (`npm run golden` makes one).
 * Whatever else changes, it opens: nobody loses a run, a data set or a drawing to an update.
 */

/**
 * A table of an ablation that does not say of which images its rows are is taken away, in words; its
 * runs stay. `paused.json.gz` of these versions has one.
 */
const withUnnamedTable: ReadonlySet<string> = new Set(['bd26f7c']);

const golden = inProject('e2e/golden');
const versions = await readdir(golden);
/** Opened by its address alone, the app does not run: what is put there meets it only afterwards. */
const plainPage = 'third-party-licences.txt';

describe.each(versions)('what version %s wrote', (version) => {
  let site: Site | undefined;
  afterEach(async () => {
    await site?.close();
    site = undefined;
  });
  const read = (file: string) => readFile(join(golden, version, file));
  const losesTable = withUnnamedTable.has(version);
  const toldOfPaused = losesTable ? [expect.objectContaining({ code: 'ablation.unreadable' })] : [];

  /** The app in a browser that version left in this state; the default is a new one. */
  async function open(file?: string, address = './?engine=wasm&threads=1&lang=en'): Promise<Page> {
    site = await openSite(plainPage);
    const { page } = site;
    if (file) await restoreOrigin(page, gunzipSync(await read(file)).toString());
    await page.goto(new URL(address, site.url).href);
    await page.waitForFunction(() => window.workbench !== undefined);
    await waitForPhase(page, file === 'paused.json.gz' ? 'paused' : 'idle');
    return page;
  }

  it('a paused run stands there as it was left, and goes on', async () => {
    const page = await open('paused.json.gz');
    await expectLeft(page, 'paused');
    const [before, after] = await page.evaluate(async () => {
      const { workbench } = window;
      const stepNow = () => workbench.state().run?.step ?? 0;
      const before = stepNow();
      workbench.resume().catch(() => undefined);
      while (stepNow() === before) await new Promise((done) => setTimeout(done, 20));
      await workbench.stop();
      return [before, stepNow()] as const;
    });
    expect(after).toBeGreaterThan(before);
    expect(await page.evaluate(() => window.workbench.state().notices)).toEqual(toldOfPaused);
  });

  it('a finished run stands there as it was left, trains on, and its best opens', async () => {
    const page = await open('finished.json.gz');
    await expectLeft(page, 'finished');
    const done = await page.evaluate(async () => {
      const { workbench } = window;
      const [run] = workbench.state().runs;
      const longer = await workbench.resume(3);
      const best = await workbench.openBest(run?.id ?? '');
      return { steps: longer.step, best: best.step, notices: workbench.state().notices };
    });
    expect(done).toEqual({ steps: 5, best: expect.any(Number), notices: [] });
  });

  /** All that the page knows of the only run in this browser, and of what stands beside it. */
  async function expectLeft(page: Page, name: string) {
    const state = await page.evaluate(() => {
      const { notices, runs, dataset, datasets, drawings, run } = window.workbench.state();
      return { notices, runs, dataset, datasets, drawings, run };
    });
    const written = storedRun(gunzipSync(await read(`${name}.json.gz`)).toString());
    const { id, step, history } = written.record;

    expect(history.training.length).toBeGreaterThan(0);
    expect(history.validation.length).toBeGreaterThan(0);
    expect(state.notices).toEqual(name === 'paused' ? toldOfPaused : []);
    expect(state.datasets).toMatchObject([{ name: 'glyphs', classNames: goldenClasses }]);
    expect(state.dataset).toMatchObject({
      status: 'ready',
      summary: { name: 'glyphs', trainCount: 28, validationCount: 2, testCount: 12 },
    });
    expect(state.drawings.map(({ className }) => className)).toEqual(goldenClasses.slice(0, 2));
    expect(state.runs).toMatchObject([{ id, step, name: written.name, status: name }]);
    expect(state.run).toMatchObject({ step, ...history });
    const evaluation = await page.evaluate((run) => window.workbench.runEvaluation(run), id);
    expect(evaluation).toMatchObject(written.evaluation);
    expect(await weightsOf(page)).toEqual(tensorsOf(await read(`${name}-weights.safetensors`)));
  }

  it('exported files are read, weights to the bit', async () => {
    const page = await open();
    for (const name of ['paused', 'finished']) {
      const expected = tensorsOf(await read(`${name}-weights.safetensors`));
      const runs = openZip('runs.zip', await read(`${name}-runs.zip`));
      const [inZip = ''] = runs.names.filter((entry) => entry.endsWith('.safetensors'));
      const files = [
        await read(`${name}-weights.safetensors`),
        await read(`${name}-weights-tfjs.zip`),
        runs.read(inZip, 1e6),
      ];
      for (const file of files) {
        await page.evaluate(async (text) => {
          const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
          await window.workbench.importWeights(new File([bytes], 'weights'));
        }, Buffer.from(file).toString('base64'));
        expect(await weightsOf(page)).toEqual(expected);
      }
    }
    const text = (await read('paused-drawings.json')).toString();
    const { added, known } = await page.evaluate(
      (json) => window.workbench.importDrawings(new File([json], 'drawings.json')),
      text,
    );
    expect({ classes: added.map(({ className }) => className), known }).toEqual({
      classes: goldenClasses.slice(0, 2),
      known: 0,
    });
  });

  it('what was measured of kernels, and an ablation, are no hindrance', async () => {
    const page = await open('paused.json.gz', './?engine=webgpu&lang=en');
    const { notices, ablation, engine } = await page.evaluate(() => window.workbench.state());
    expect(notices).toEqual(toldOfPaused);
    expect(engine?.name).toBe('webgpu');
    const rows = ablation?.rows.map(({ status }) => status);
    expect(rows && [...new Set(rows)]).toEqual(losesTable ? undefined : ['done']);
  });
});

/**
 * The record of the only run in a dump, and its note, whatever the stores are that they lie in. Its curves
 * have one of their own since version 5 of the database.
 */
function storedRun(dump: string): { record: RunRecord; name: string; evaluation: object } {
  const [{ stores }] = JSON.parse(dump, (_, value) =>
    value?.$ === 'Float64Array' ? numbersIn(value.base64) : value,
  ).databases;
  const valuesOf = (store: string) =>
    stores
      .find(({ name }: { name: string }) => name === store)
      ?.entries.map(([, value]: [unknown, unknown]) => value);
  const blocks: readonly Curves[] | undefined = valuesOf('curves')?.map(unpackHistory);
  const history = blocks && {
    training: blocks.flatMap(({ training }) => [...training]),
    validation: blocks.flatMap(({ validation }) => [...validation]),
  };
  const { name, evaluation } = valuesOf('runs')[0];
  const { step, loss, accuracy, images } = evaluation;
  return {
    record: { ...valuesOf('commits').at(-1).record, ...(history && { history }) },
    ...{ name, evaluation: { step, loss, accuracy, images } },
  };
}

const numbersIn = (base64: string) =>
  new Float64Array(Uint8Array.from(Buffer.from(base64, 'base64')).buffer);

async function weightsOf(page: Page) {
  const bytes = await page.evaluate(async () => [
    ...(await window.workbench.exportWeights('safetensors')).bytes,
  ]);
  return tensorsOf(Uint8Array.from(bytes));
}

/** By their names, as their bits. */
function tensorsOf(file: Uint8Array) {
  const { tensors } = readSafetensors('weights', Uint8Array.from(file));
  return Object.fromEntries(
    tensors.map(({ name, shape, values }) => [
      name,
      { shape, bits: new Uint32Array(values.buffer, values.byteOffset, values.length) },
    ]),
  );
}

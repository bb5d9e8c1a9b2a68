import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fullCommit, fullNote } from '../src/storage/testing/fullRecords.ts';
import { type SpoiledRecord, spoiledStores } from '../src/storage/testing/spoiledStores.ts';
import { region, waitForPhase } from './support/actions.ts';
import { openSite, type Site } from './support/site.ts';

/** A browser in which every record of every store has been spoilt in every way, beside two good runs. */

const GOOD = ['One that can be read', 'Another one'];
const places = {
  '#data': 'Dataset',
  '#recipe': 'Recipe',
  '#evaluation': 'Evaluation',
  '#runs': 'Runs',
  '#weights': 'Weights',
  '#training': 'Training',
} as const;
/** Of each kind. Each deletion reads all that is stored: that of hundreds would take minutes. */
const DELETED = 2;
const address = '?engine=wasm&threads=1&arch=lenet5&batch=2&steps=2&validation=100&lang=en';
/** Opened last of all, so that the page begins with them. */
const LATEST = 8_000_000_000_000;

const { runs: notes, commits, datasets, drawings } = spoiledStores();
const asLatest = ({ id, value }: SpoiledRecord) =>
  'openedAt' in value && value.openedAt === 5 ? { ...value, openedAt: LATEST } : { id, ...value };
const stored = {
  runs: [
    ...commits.map(({ id }) => ({ ...fullNote(id), openedAt: LATEST })),
    ...notes.map(asLatest),
  ],
  commits: [...notes.map(({ id }) => fullCommit(id)), ...commits.map(({ value }) => value)],
  datasets: datasets.map(asLatest),
  drawings: drawings.map(({ value }) => value),
};
const unreadableIn = (all: readonly SpoiledRecord[]) =>
  all
    .filter(({ isReadable }) => !isReadable)
    .map(({ id }) => id)
    .sort();

describe('the page over records that are spoilt in every way', () => {
  let site: Site;

  beforeAll(async () => {
    site = await openSite(address, { serviceWorkers: 'block' });
    const { page } = site;
    await waitForPhase(page, 'idle');
    await page.evaluate(async (names) => {
      const { workbench } = window;
      for (const name of names) {
        const { id } = await workbench.train();
        await workbench.renameRun(id, name);
      }
    }, GOOD);
    await waitForPhase(page, 'idle');
    await page.evaluate(putAll, stored);
    await page.reload();
    await waitForPhase(page, 'idle');
  });
  afterAll(() => site?.close());

  it('opens, lists all other runs, and names what cannot be read', async () => {
    const { page } = site;
    await page.evaluate(() => window.workbench.listDrawings());
    const seen = await page.evaluate(() => {
      const { runs, unreadable, notices } = window.workbench.state();
      const ids = (kind: string) =>
        unreadable
          .filter((record) => record.kind === kind)
          .map(({ id }) => id)
          .sort();
      const [names, codes] = [runs.map(({ name }) => name), notices.map(({ code }) => code)];
      return { names, codes, runs: ids('run'), sets: ids('dataset'), drawn: ids('drawing') };
    });
    expect(seen.names).toEqual(expect.arrayContaining(GOOD));
    const readable = [...notes, ...commits].filter(({ isReadable }) => isReadable);
    expect(seen.names).toHaveLength(readable.length + GOOD.length);
    expect(seen.runs).toEqual(unreadableIn([...notes, ...commits]));
    expect(seen.sets).toEqual(unreadableIn(datasets));
    expect(seen.drawn).toEqual(unreadableIn(drawings));
    // What goes wrong is said by its code, in words.
    expect(seen.codes).not.toContain(undefined);
  });

  it.each(Object.entries(places))('draws itself: %s', async (place, name) => {
    const { page } = site;
    await page.evaluate((hash) => {
      location.hash = hash;
    }, place);
    await region(page, name).waitFor();
    const codes = await page.evaluate(() =>
      window.workbench.state().notices.map(({ code }) => code),
    );
    expect(codes).not.toContain(undefined);
    expect(site.complaints).toEqual([]);
    expect(site.consoleErrors).toEqual([]);
  });

  it('hands out what is spoilt, and deletes it', async () => {
    const { page } = site;
    const { tried, left, empty } = await page.evaluate(async (most) => {
      const { workbench } = window;
      const remove = {
        run: (id: string) => workbench.deleteRun(id),
        dataset: (id: string) => workbench.deleteDataset(id),
        drawing: (id: string) => workbench.deleteDrawings([id]),
      };
      const empty: string[] = [];
      const { unreadable: all } = workbench.state();
      const kinds = Object.keys(remove);
      const tried = kinds.flatMap((kind) =>
        all.filter((record) => record.kind === kind).slice(0, most),
      );
      for (const { kind, id } of tried) {
        const { blob } = await workbench.exportUnreadable(kind, id);
        if (blob.size === 0) empty.push(id);
        await remove[kind](id);
      }
      const left = workbench.state().unreadable.map(({ id }) => id);
      return { tried, empty, left };
    }, DELETED);
    expect(empty).toEqual([]);
    expect(tried).toHaveLength(3 * DELETED);
    for (const { id } of tried) expect(left).not.toContain(id);
  });

  it('opens a good run and trains it, then and after a reload', async () => {
    const { page } = site;
    await page.reload();
    await waitForPhase(page, 'idle');
    const trained = await page.evaluate(async (names) => {
      const { workbench } = window;
      const steps: number[] = [];
      for (const { id, name } of workbench.state().runs) {
        if (!names.includes(name)) continue;
        await workbench.openRun(id);
        steps.push((await workbench.resume(2)).step);
      }
      return steps;
    }, GOOD);
    expect(trained).toEqual([4, 4]);
  });
});

/** Runs in the page: puts records into the database of the workbench. */
async function putAll(all: Readonly<Record<string, readonly object[]>>): Promise<void> {
  for (const { name = '' } of await indexedDB.databases()) {
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const opening = indexedDB.open(name);
      opening.onsuccess = () => resolve(opening.result);
      opening.onerror = () => reject(opening.error);
    });
    const stores = Object.keys(all).filter((store) => database.objectStoreNames.contains(store));
    const transaction = database.transaction(stores, 'readwrite');
    for (const store of stores) {
      for (const value of all[store] ?? []) transaction.objectStore(store).put(value);
    }
    await new Promise((resolve, reject) => {
      transaction.oncomplete = resolve;
      transaction.onabort = () => reject(transaction.error);
    });
    database.close();
  }
}

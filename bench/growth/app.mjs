import { cp } from 'node:fs/promises';
import { ensureBuild } from '../../scripts/lib/build.mjs';
import { findBrowser } from '../../scripts/lib/findBrowser.mjs';
import { launch } from '../../scripts/lib/launch.mjs';
import { inProject } from '../../scripts/lib/paths.mjs';
import { prepareMnist } from '../../scripts/lib/prepareMnist.mjs';
import { SetupError } from '../../scripts/lib/say.mjs';
import { serve } from '../../scripts/lib/serve.mjs';
import { bundlePage } from '../hosts/bundle.mjs';

/** @typedef {import('./page.ts').Filling} Filling */
/** @typedef {{ ms: number, longestGapMs: number, longTasksMs: readonly number[] }} Trained */

/** LeNet-5, and a checkpoint so often that what each costs shows. */
const recipe = /** @type {const} */ ({
  ...{ architecture: 'lenet5', batchSize: 32, seed: 1 },
  ...{ checkpointInterval: 100, validationInterval: 300, validationImages: 1000 },
});
const WARM_UP_STEPS = 20;

/**
 * The built app, with a page beside it that writes records where the app finds them.
 * @param {string} folder for its files
 * @param {(last: () => unknown) => void} leave see hosts/stopping.mjs
 * @returns {Promise<string>} its address
 */
export async function serveApp(folder, leave) {
  await prepareMnist();
  await ensureBuild();
  await cp(inProject('dist'), folder, { recursive: true });
  await bundlePage(`${folder}/records`, 'bench/growth');
  const server = await serve(folder);
  leave(() => server.close());
  return server.url;
}

/** Somebody who uses the app: a browser of its own, whose profile lies on the disk. */
export class User {
  #page;
  #url;

  /** @param {import('playwright').Page} page @param {string} url */
  constructor(page, url) {
    this.#page = page;
    this.#url = url;
  }

  /**
   * A user who has trained for a moment.
   * @param {string} url
   * @param {(last: () => unknown) => void} leave
   */
  static async come(url, leave) {
    const context = await launch(await findBrowser(), { serviceWorkers: 'block' });
    leave(() => context.close());
    const user = new User(context.pages()[0] ?? (await context.newPage()), url);
    await user.open();
    await user.train(WARM_UP_STEPS);
    return user;
  }

  /** Writes records beside those that are there. @param {Filling} filling */
  async fill(filling) {
    await this.#page.goto(`${this.#url}records/`);
    await this.#page.waitForFunction(() => 'fill' in window);
    await this.#page.evaluate((wanted) => window.fill(wanted), filling);
  }

  /** Opens the app. @returns {Promise<number>} the milliseconds until Train can be pressed */
  async open() {
    const page = this.#page;
    await page.goto(`${this.#url}?engine=wasm&lang=en`);
    const ready = await page.waitForFunction(() => {
      const { phase } = window.workbench?.state() ?? {};
      const isResting = phase === 'idle' || phase === 'paused';
      const train = [...document.querySelectorAll('button')].find(
        ({ textContent }) => textContent === 'Train',
      );
      return isResting && train && !train.disabled && performance.now();
    });
    return Number(await ready.jsonValue());
  }

  /** Takes the run in memory away again. */
  async forgetRun() {
    await this.#page.evaluate(() => {
      const id = window.workbench.state().run?.record.id;
      return id === undefined ? undefined : window.workbench.deleteRun(id);
    });
  }

  /** Trains a new run. @param {number} steps */
  train(steps) {
    return this.#watched({ recipe: { ...recipe, steps } });
  }

  /** Trains a stored run further. @param {string} id @param {number} steps */
  async trainOn(id, steps) {
    await this.#page.evaluate((run) => window.workbench.openRun(run), id);
    return this.#watched({ more: steps });
  }

  /**
   * @param {{ recipe?: object, more?: number }} wanted
   * @returns {Promise<Trained>}
   */
  async #watched(wanted) {
    const { failure, ...trained } = await this.#page.evaluate(async ({ recipe: made, more }) => {
      const { workbench } = window;
      await workbench.loadDataset();
      /** @type {number[]} */
      const longTasksMs = [];
      const observer = new PerformanceObserver((list) => {
        for (const { duration } of list.getEntries()) longTasksMs.push(duration);
      });
      observer.observe({ type: 'longtask' });
      let [longestGapMs, readAt] = [0, Number.NaN];
      let points = workbench.state().run?.training;
      const unsubscribe = workbench.subscribe(({ run, phase }) => {
        if (phase !== 'training' || run?.training.length === points?.length) return;
        points = run?.training;
        const now = performance.now();
        // From the first reading on: before that the trainer is made.
        if (readAt > 0) longestGapMs = Math.max(longestGapMs, now - readAt);
        readAt = now;
      });
      const begun = performance.now();
      try {
        await (more === undefined ? workbench.train(made) : workbench.resume(more));
        const ms = performance.now() - begun;
        // What it came to is drawn after it has ended.
        await new Promise((resolve) => setTimeout(resolve, 500));
        return { ms, longestGapMs, longTasksMs };
      } catch (error) {
        return { ms: 0, longestGapMs, longTasksMs, failure: String(error) };
      } finally {
        unsubscribe();
        observer.disconnect();
      }
    }, wanted);
    if (failure !== undefined) throw new SetupError(`The app: ${failure}`);
    return trained;
  }

  /**
   * Keeps a drawing, and takes it away again; twice, for the first one after the page was opened waits until
   * the others have been read.
   * @returns {Promise<number>} the milliseconds of the second
   */
  keepDrawing() {
    return this.#page.evaluate(async () => {
      const side = 280;
      const pixels = new Uint8Array(side * side);
      for (let row = 60; row < 220; row++) pixels.fill(255, row * side + 130, row * side + 160);
      const picture = {
        name: 'bar',
        width: side,
        height: side,
        pixels,
        ink: /** @type {const} */ ('light'),
      };
      let ms = 0;
      for (let times = 0; times < 2; times++) {
        const begun = performance.now();
        const { id } = await window.workbench.keepDrawing(picture, '1');
        ms = performance.now() - begun;
        await window.workbench.deleteDrawings([id]);
      }
      return ms;
    });
  }
}

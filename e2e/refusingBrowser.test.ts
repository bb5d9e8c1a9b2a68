import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { button, region, waitForPhase } from './support/actions.ts';
import { dropFiles } from './support/dropping.ts';
import { openSite, type Site } from './support/site.ts';
import { beforeWorker } from './support/workerPrelude.ts';

/** Before the page: what other browsers refuse, in this one. */
function refuseAsOthersDo(): void {
  // Safari: a hundred changes of the address in 30 seconds.
  const { replaceState } = history;
  const changes: number[] = [];
  history.replaceState = function (...given) {
    const now = performance.now();
    changes.push(now);
    if (changes.filter((at) => now - at < 30_000).length > 100) {
      throw new DOMException('Attempt to use history.replaceState() more than 100 times');
    }
    replaceState.apply(this, given);
  };
  // Chrome on Android: allowed, and yet nobody can make one.
  class Illegal {
    static permission = 'granted';
    constructor() {
      throw new TypeError("Failed to construct 'Notification': Illegal constructor.");
    }
  }
  Object.assign(window, { Notification: Illegal });
  // Safari: no picture of an SVG.
  const { decode } = HTMLImageElement.prototype;
  HTMLImageElement.prototype.decode = function () {
    if (!this.src.startsWith('blob:')) return decode.call(this);
    return Promise.reject(new DOMException('The source image cannot be decoded.', 'EncodingError'));
  };
}

/** Wraps every text as the translation of a page does, which takes the nodes away from who made them. */
function translatePage(): void {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const texts: Text[] = [];
  while (walker.nextNode()) texts.push(walker.currentNode as Text);
  for (const text of texts) {
    if (text.parentElement?.closest('script, style, svg, textarea')) continue;
    const outer = document.createElement('font');
    const inner = document.createElement('font');
    outer.append(inner);
    text.replaceWith(outer);
    inner.append(document.createTextNode(text.data));
  }
}

const noticesOf = (page: Page) =>
  page.evaluate(() => window.workbench.state().notices.map(({ message }) => message));

const STEPS = 40;
const PATIENCE = { timeout: 30_000 };

describe('in a browser that refuses', () => {
  let site: Site;
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'workbench-e2e-'));
    site = await openSite(
      `?engine=wasm&arch=lenet5&steps=${STEPS}&batch=10&validation=100&interval=5&lang=en&train=1`,
      // The page itself has to tell of the end of the run.
      { serviceWorkers: 'block' },
      { prepare: (page) => page.addInitScript(refuseAsOthersDo) },
    );
  });
  afterAll(async () => {
    await site?.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('a run that ends is seen to end, and the page says what it could not do', async () => {
    const { page } = site;
    // The run counts as long, and nobody looks at the page.
    await page.evaluate(() => {
      const { now } = Date;
      let calls = 0;
      Date.now = () => now() + 3_600_000 * calls++;
      Object.defineProperty(document, 'hidden', { get: () => true, configurable: true });
      Object.assign(window, {
        look: () => {
          Date.now = now;
          Reflect.deleteProperty(document, 'hidden');
        },
      });
    });
    await waitForPhase(page, 'training');
    await waitForPhase(page, 'idle');
    // It is told once it is known why the run rests, as long as nobody looks.
    await expect
      .poll(() => noticesOf(page), PATIENCE)
      .toEqual([
        expect.stringMatching(
          /did not let this page tell of the end of the run .*Illegal constructor/,
        ),
      ]);
    await page.evaluate(() => Reflect.get(window, 'look')());
    await button(page, 'Train').waitFor();
    expect(await button(page, 'Pause').count()).toBe(0);
  });

  it('train=1 has left the address', async () => {
    await expect.poll(() => new URL(site.page.url()).searchParams.has('train')).toBe(false);
  });

  it('an arrow key that is held changes the recipe, and the page still follows its choices', async () => {
    const { page } = site;
    const recipe = region(page, 'Recipe');
    const batch = recipe.getByRole('spinbutton', { name: 'Batch', exact: true });
    await batch.focus();
    for (let i = 0; i < 130; i++) await page.keyboard.press('ArrowUp');
    await recipe.getByText('Improved', { exact: true }).click();
    await expect.poll(() => recipe.getByRole('radio', { name: 'Improved' }).isChecked()).toBe(true);
    await expect.poll(() => new URL(page.url()).searchParams.get('recipe')).toBe('improved');
  });

  it('a picture of a chart that cannot be made is told', async () => {
    const { page } = site;
    await region(page, 'Training')
      .getByRole('button', { name: /loss.*PNG/i })
      .click();
    await expect
      .poll(() => noticesOf(page))
      .toContainEqual(
        expect.stringMatching(/could not make the picture .*loss\.png \(The source image/),
      );
  });

  it('a folder that is dropped on Draw is refused in words', async () => {
    const { page } = site;
    const path = join(folder, 'digits.png');
    await mkdir(path);
    await dropFiles(page, page.getByLabel('Drawing canvas', { exact: true }), [path]);
    await region(page, 'Draw').getByText('digits.png is a folder').waitFor();
  });

  it('a panel that falls leaves the others, and comes back', async () => {
    const { page } = site;
    await page.evaluate(() => {
      const { putImageData } = CanvasRenderingContext2D.prototype;
      const spoiled = () => {
        throw new DOMException('The source is empty.', 'InvalidStateError');
      };
      CanvasRenderingContext2D.prototype.putImageData = spoiled;
      Object.assign(window, {
        mendCanvas: () => {
          CanvasRenderingContext2D.prototype.putImageData = putImageData;
        },
      });
    });
    await button(page, 'Evaluate').click();
    const evaluation = region(page, 'Evaluation');
    await evaluation.getByText('This part of the page has failed.').waitFor();
    await expect
      .poll(() => noticesOf(page))
      .toContainEqual(expect.stringContaining('The source is empty.'));
    expect(await button(page, 'Train').count()).toBe(1);
    await page.evaluate(() => Reflect.get(window, 'mendCanvas')());
    await evaluation.getByRole('button', { name: 'Try again' }).click();
    await evaluation.getByRole('table').first().waitFor();
  });

  it('and translates the page, figures stay alive', async () => {
    const { page } = site;
    await page.evaluate((steps) => {
      window.workbench.setRecipe({ architecture: 'lenet5', steps, batchSize: 10 });
    }, STEPS);
    await button(page, 'Train').click();
    await waitForPhase(page, 'training');
    await page.evaluate(translatePage);
    await waitForPhase(page, 'idle');
    const training = region(page, 'Training');
    const words = async () => ((await training.textContent()) ?? '').replaceAll(/\s+/g, ' ');
    await expect.poll(words).toMatch(new RegExp(`Step ?${STEPS} of ${STEPS}`));
    expect(await words()).toContain(`Finished after ${STEPS} steps`);
  });

  it('more notices than there is room for can all be seen', async () => {
    const { page } = site;
    const before = (await noticesOf(page)).length;
    await page.evaluate(() => {
      for (let i = 1; i <= 6; i++) window.workbench.tell(new Error(`Trouble ${i}`));
    });
    const hidden = before + 6 - 4;
    await button(page, `Show ${hidden} more messages`).click();
    for (let i = 1; i <= 6; i++) await page.getByText(`Trouble ${i}.`).waitFor();
    await button(page, 'Show fewer messages').click();
    await expect.poll(() => page.getByText('Trouble 1.').count()).toBe(0);
  });
});

/** In the worker, before its script: the storage of a page whose visitor blocks all cookies. */
function denyStorage(): void {
  const denied = () => new DOMException('The request was denied.', 'SecurityError');
  LockManager.prototype.request = () => Promise.reject(denied());
  LockManager.prototype.query = () => Promise.reject(denied());
  IDBFactory.prototype.open = () => {
    throw denied();
  };
}

describe('where the browser denies the page its storage', () => {
  let site: Site;

  beforeAll(async () => {
    site = await openSite(
      '?engine=wasm&arch=lenet5&steps=10&batch=10&validation=100&interval=5&lang=en',
      { serviceWorkers: 'block' },
      { prepare: (page) => beforeWorker(page, denyStorage, 0) },
    );
    await waitForPhase(site.page, 'idle');
  });
  afterAll(() => site?.close());

  it('it says that nothing is kept, and trains and evaluates all the same', async () => {
    const { page } = site;
    await button(page, 'Train').click();
    await page.waitForFunction(() => window.workbench.state().run?.step === 10);
    await waitForPhase(page, 'idle');
    await button(page, 'Evaluate').click();
    await region(page, 'Evaluation').getByRole('table').first().waitFor();
    const notices = await noticesOf(page);
    expect(notices).toEqual([expect.stringMatching(/nothing is kept/)]);
  });
});

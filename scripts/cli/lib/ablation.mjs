import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { SetupError } from '../../lib/say.mjs';
import { writeKept } from './ablationFile.mjs';
import { PageError, unwrap } from './page.mjs';

/** @typedef {import('playwright').Page} Page */
/** @typedef {import('./ablationFile.mjs').AblationQueue} AblationQueue */
/** @typedef {AblationQueue['rows'][number]} Row */
/** The page checks this again; a test holds it to the page's own list. */
export const choices = [
  ...['geometry', 'elastic', 'thickness', 'schedule', 'dropout', 'weightDecay', 'averaging'],
];
/** How many seeds each recipe may have; a test holds it to the page's own range. */
export const seedRange = { min: 1, max: 10, whole: true };
/** The gap means nothing in fewer epochs; a test holds it to the page's own. */
export const fewestEpochs = 3;

/** Where the page keeps its queue. A test holds it to the page's own key. */
export const storageKey = 'alexnet-workbench:ablation';

const pictureSize = { width: 1280, height: 900 };
/** Pixels beside the section in the picture, and below it, where another one begins soon. */
const sideMargin = 20;
const bottomMargin = 8;

/**
 * Has the page find a queue of an earlier call; to be called before it is opened.
 * @param {Page} page
 * @param {AblationQueue | undefined} kept
 */
export async function keepInPage(page, kept) {
  if (!kept) return;
  await page.addInitScript(
    ([key = '', text = '']) => window.localStorage.setItem(key, text),
    [storageKey, JSON.stringify(kept)],
  );
}

/**
 * Works through the queue in the page, reports each run that is through, and saves table and picture.
 * @param {Page} page
 * @param {{ options: Record<string, string | number>, chosen: readonly string[] | undefined,
 *   out: string, isKept: boolean, retry: boolean }} order
 * @param {import('./report.mjs').Report} report
 * @param {(error: unknown) => void} tell
 */
export async function ablationInPage(page, { options, chosen, out, isKept, retry }, report, tell) {
  await mkdir(out, { recursive: true });
  const follower = createFollower(out, report, tell);
  await page.exposeFunction('followAblation', follower.follow);
  const status = unwrap(
    await page.evaluate(
      async ({ options, chosen, isKept, retry }) => {
        const { settle, followAblation, workbench } = /** @type {any} */ (window);
        return settle(async () => {
          if (isKept && !workbench.state().ablation) return 'unknown';
          const stopFollowing = workbench.subscribe(
            (
              /** @type {{ ablation: unknown }} */ { ablation },
              /** @type {{ ablation: unknown }} */ previous,
            ) => {
              if (ablation !== previous.ablation) followAblation(ablation);
            },
          );
          try {
            const goOn = () => (retry ? workbench.retryAblation() : workbench.continueAblation());
            const queue = await (isKept ? goOn() : workbench.runAblation(chosen, options));
            await followAblation(queue);
            return queue.status;
          } finally {
            stopFollowing();
          }
        });
      },
      { options, chosen, isKept, retry },
    ),
  );
  await follower.settled();
  if (status === 'unknown') {
    throw new SetupError(
      `The ablation in ${out} is of another version of this program. Choose another --out.`,
    );
  }
  if (status === 'paused') throw await obstacleOf(page);
  await reportFigures(page, report);
  report({ event: 'saved', path: await saveTable(page, join(out, 'ablation.csv')) });
  report({ event: 'saved', path: await savePicture(page, join(out, 'ablation.png')) });
}

/**
 * Keeps each state of the queue, in their order, and reports each row once.
 * @param {string} out
 * @param {import('./report.mjs').Report} report
 * @param {(error: unknown) => void} tell
 */
function createFollower(out, report, tell) {
  /** @type {Set<string>} */
  const told = new Set();
  /** @type {Promise<void>} */
  let writing = Promise.resolve();
  /** @param {AblationQueue} queue */
  const follow = (queue) => {
    for (const [index, row] of queue.rows.entries()) {
      if (row.status !== 'done' && row.status !== 'failed') continue;
      const name = `${row.variant} ${row.seed}`;
      if (told.has(name)) continue;
      told.add(name);
      if (row.status === 'failed') tell(errorOf(row));
      else report(eventOf(row, index + 1, queue.rows.length));
    }
    writing = writing.then(() => writeKept(out, queue));
    return writing;
  };
  return { follow, settled: () => writing };
}

/** @param {Extract<Row, { status: 'done' }>} row @param {number} number @param {number} total */
function eventOf({ variant, seed, result }, number, total) {
  const { step, validation, training, seconds } = result;
  const gap = training.accuracy - validation.accuracy;
  const place = /** @type {const} */ ({ event: 'run', variant, seed, number, total });
  return { ...place, step, validation, training, gap, seconds };
}

/** @param {Extract<Row, { status: 'failed' }>} row */
function errorOf({ variant, seed, error: { code, message } }) {
  const name = code === undefined ? 'Error' : 'WorkbenchError';
  return new PageError({
    name,
    message: `${variant}, seed ${seed}: ${message}`,
    ...(code ? { code } : {}),
  });
}

/**
 * What the runs of each recipe came to, and whether they were too short to tell.
 * @param {Page} page
 * @param {import('./report.mjs').Report} report
 */
async function reportFigures(page, report) {
  const { queue, figures } = await page.evaluate(() => ({
    queue: window.workbench.state().ablation,
    figures: window.workbench.ablationFigures(),
  }));
  for (const { runs, ...rest } of figures) report({ event: 'recipe', seeds: runs, ...rest });
  if (!queue) return;
  const { frame, conditions } = queue;
  const epochs = (frame.steps * frame.batchSize) / conditions.trainingImages;
  if (epochs >= fewestEpochs) return;
  const length = `${frame.steps} steps of ${frame.batchSize} are ${epochs.toPrecision(2)} epochs`;
  const message = `${length} of ${conditions.trainingImages} images: in less than ${fewestEpochs} nothing can be learned by heart, and the gap says nothing about overfitting.`;
  report({ event: 'notice', kind: 'warning', message });
}

/** Why the queue waits, as the page tells it. @param {Page} page */
async function obstacleOf(page) {
  const message = await page.evaluate(() => window.workbench.state().notices.at(-1)?.message);
  return new SetupError(message ?? 'The ablation was paused. Call the command again to go on.');
}

/** The file that the page's own button gives. @param {Page} page @param {string} path */
async function saveTable(page, path) {
  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save the table as CSV' }).click();
  await (await downloading).saveAs(path);
  return path;
}

/** A picture of the page's table and chart. @param {Page} page @param {string} path */
async function savePicture(page, path) {
  await page.setViewportSize(pictureSize);
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  const section = page.getByRole('region', { name: 'Ablation', exact: true });
  await section.getByRole('figure').waitFor();
  const box = await section.boundingBox();
  if (!box) throw new SetupError('The page shows no ablation.');
  const { x, y } = await page.evaluate(() => ({ x: window.scrollX, y: window.scrollY }));
  const clip = {
    x: box.x + x - sideMargin,
    y: box.y + y,
    width: box.width + 2 * sideMargin,
    height: box.height + bottomMargin,
  };
  await page.screenshot({ path, fullPage: true, clip });
  return path;
}

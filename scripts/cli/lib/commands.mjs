import { mkdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileInput, unwrap } from './page.mjs';

/** @typedef {import('playwright').Page} Page */

const exportTimeoutMs = 10 * 60_000;

/** @param {Page} page */
export async function loadDataset(page) {
  unwrap(
    await page.evaluate(() =>
      window.settle(async () => {
        await window.workbench.loadDataset();
      }),
    ),
  );
}

/** @param {Page} page @param {readonly import('./dataFiles.mjs').DataFile[]} files of one data set */
export async function importDataset(page, files) {
  const input = await fileInput(
    page,
    files.map(({ path }) => path),
  );
  const names = files.map(({ name }) => name);
  unwrap(
    await input.evaluate(
      ({ files }, names) =>
        window.settle(async () => {
          const chosen = [...(files ?? [])];
          // As the browser tells of a chosen folder; of an input of files it says the last name alone.
          for (const [i, file] of chosen.entries()) {
            Object.defineProperty(file, 'webkitRelativePath', { value: names[i] });
          }
          await window.workbench.importDataset(chosen);
        }),
      names,
    ),
  );
}

/**
 * Has every labelled image of the set tested, where none is called a test image.
 * @param {Page} page
 */
export async function testAllLabelled(page) {
  unwrap(
    await page.evaluate(() =>
      window.settle(async () => {
        const { dataset } = window.workbench.state();
        if (dataset.status !== 'ready') return;
        const { testCount, trainCount, choices } = dataset.summary;
        if (testCount > 0 || trainCount === 0) return;
        await window.workbench.rereadDataset({ ...choices, roles: 'swapped' });
      }),
    ),
  );
}

/** @param {Page} page @param {string} path */
export async function importWeights(page, path) {
  const input = await fileInput(page, [path]);
  unwrap(
    await input.evaluate(({ files }) =>
      window.settle(async () => {
        const file = files?.[0];
        if (file) await window.workbench.importWeights(file);
      }),
    ),
  );
}

/**
 * Evaluates on the test images and reports it.
 * @param {Page} page
 * @param {import('./report.mjs').Report} report
 * @param {import('../../../src/protocol/protocol.ts').EvaluateOptions} [options]
 * @param {string} [weights] which they are, where there are several
 */
export async function evaluate(page, report, options = {}, weights = undefined) {
  const evaluation = unwrap(
    await page.evaluate(
      ({ options, name }) =>
        window.settle(async () => {
          const result = await window.workbench.evaluate(options);
          const page = /** @type {any} */ (window);
          if (result.probabilities) {
            const { classNames = [] } = window.workbench.state().run?.record ?? {};
            const member = { name, classNames, evaluation: result };
            page.members = [...(page.members ?? []), member];
          }
          const { split, accuracy, loss, confusion, augmented, datasetName } = result;
          const { images } = result;
          const listed = window.workbench.listedConfusion(confusion);
          const interval = window.workbench.accuracyInterval(accuracy, images);
          return {
            ...{ split, datasetName, accuracy, interval, loss, confusion: listed },
            ...(augmented && {
              augmented: {
                ...augmented,
                interval: window.workbench.accuracyInterval(augmented.accuracy, images),
              },
            }),
          };
        }),
      { options, name: weights ?? '' },
    ),
  );
  report({ event: 'evaluation', ...(weights !== undefined && { weights }), ...evaluation });
}

/** The id of the run that the weights brought in last make. @param {Page} page */
export async function currentRun(page) {
  return page.evaluate(() => window.workbench.state().run?.record.id ?? '');
}

/**
 * How two evaluated runs compare, image by image.
 * @param {Page} page
 * @param {string} first
 * @param {string} second
 */
export async function compareRuns(page, first, second) {
  return unwrap(
    await page.evaluate(
      ([first = '', second = '']) =>
        window.settle(() => window.workbench.compareRuns(first, second)),
      [first, second],
    ),
  );
}

/**
 * What all networks evaluated with probabilities come to together.
 * @param {Page} page
 * @param {import('../../../src/domain/metrics/ensemble.ts').Combination} combination
 */
export async function evaluateTogether(page, combination) {
  return unwrap(
    await page.evaluate(
      (combination) =>
        window.settle(async () => {
          const { members, workbench } = /** @type {any} */ (window);
          /** @type {import('../../../src/domain/metrics/ensemble.ts').EnsembleFigures} */
          const figures = workbench.evaluateTogether(members, combination);
          return figures;
        }),
      combination,
    ),
  );
}

/**
 * On whose images a model is tested: those that the command names, whatever it was trained on, or else
 * those of its own data set.
 * @param {unknown} data what the command names
 * @returns {import('../../../src/protocol/protocol.ts').DatasetChoice['dataset'] & {}}
 */
export const chosenSet = (data) => (data ? 'inUse' : 'run');

/**
 * What turning, shrinking and moving the test images costs.
 * @param {Page} page
 * @param {import('../../../src/protocol/protocol.ts').DatasetChoice} options
 */
export async function robustness(page, options) {
  return unwrap(
    await page.evaluate(
      (options) =>
        window.settle(async () => {
          const { datasetName, images, rows } = await window.workbench.robustness(options);
          const withInterval = rows.map((row) => ({
            ...row,
            interval: window.workbench.accuracyInterval(row.accuracy, images),
          }));
          return { split: 'test', datasetName, images, rows: withInterval };
        }),
      options,
    ),
  );
}

/**
 * Saves the weights in the folder and gives the file's path. They go to the disk as a download,
 * so that even the largest network needs no detour through messages.
 * @param {Page} page
 * @param {string} folder
 */
export async function saveWeights(page, folder) {
  await mkdir(folder, { recursive: true });
  const downloading = page.waitForEvent('download', { timeout: exportTimeoutMs });
  downloading.catch(() => {}); // if the export fails, its error is the one to tell
  const name = unwrap(
    await page.evaluate(() =>
      window.settle(async () => {
        const { name, mimeType, bytes } = await window.workbench.exportWeights('safetensors');
        const url = URL.createObjectURL(new Blob([bytes], { type: mimeType }));
        Object.assign(document.createElement('a'), { href: url, download: name }).click();
        return name;
      }),
    ),
  );
  const path = join(folder, basename(name));
  await (await downloading).saveAs(path);
  return path;
}

/**
 * Predicts all images of the data set and saves what Kaggle takes as a submission, as a download.
 * @param {Page} page
 * @param {string} path
 */
export async function saveSubmission(page, path) {
  await mkdir(dirname(path), { recursive: true });
  const downloading = page.waitForEvent('download', { timeout: exportTimeoutMs });
  downloading.catch(() => {}); // if the export fails, its error is the one to tell
  unwrap(
    await page.evaluate(() =>
      window.settle(async () => {
        const { name, blob } = await window.workbench.exportPredictions('submission');
        const url = URL.createObjectURL(blob);
        Object.assign(document.createElement('a'), { href: url, download: name }).click();
      }),
    ),
  );
  await (await downloading).saveAs(path);
  return path;
}

/**
 * Decodes a picture in the page, as a browser shows it, and predicts what it holds.
 * @param {Page} page
 * @param {string} path
 */
export async function predict(page, path) {
  const input = await fileInput(page, [path]);
  return unwrap(
    await input.evaluate(({ files }) =>
      window.settle(async () => {
        const file = files?.[0];
        if (!file) throw new Error('The picture did not reach the page.');
        const bitmap = await createImageBitmap(file).catch(() => {
          throw new Error(
            `${file.name} is not a picture that this browser can read. Use a PNG or JPEG file.`,
          );
        });
        const { width, height } = bitmap;
        const sideLimit = 4096;
        if (width > sideLimit || height > sideLimit) {
          throw new Error(
            `${file.name} has ${width}x${height} pixels; pictures up to ` +
              `${sideLimit}x${sideLimit} are accepted.`,
          );
        }
        const context = new OffscreenCanvas(width, height).getContext('2d');
        if (!context) throw new Error('This browser offers no canvas.');
        context.fillStyle = 'white'; // the paper behind transparent pixels
        context.fillRect(0, 0, width, height);
        context.drawImage(bitmap, 0, 0);
        const { data } = context.getImageData(0, 0, width, height);
        // Luma of ITU-R BT.601, as PNG viewers and Pillow turn colours to grey.
        const pixels = Uint8Array.from({ length: width * height }, (_, index) => {
          const [red = 0, green = 0, blue = 0] = data.subarray(4 * index, 4 * index + 3);
          return Math.round(0.299 * red + 0.587 * green + 0.114 * blue);
        });
        const picture = /** @type {const} */ ({
          name: file.name,
          width,
          height,
          pixels,
          ink: 'auto',
        });
        const { workbench } = window;
        const { blank, row, doubts, ...read } = await workbench.predict(picture);
        const names = workbench.state().run?.record.classNames;
        /** @param {import('../../../src/protocol/protocol.ts').CharacterReading} reading */
        const named = ({ label, probabilities }) => ({
          label,
          className: names?.[label] ?? String(label),
          probabilities: [...probabilities],
        });
        return {
          blank,
          ...named(read),
          ...(row && { row: row.map(named) }),
          ...(doubts && { doubts: [...doubts] }),
        };
      }),
    ),
  );
}

import { dumpOrigin } from './databaseDump.mjs';

/**
 * What visitors leave in their browsers, made by the built app itself: small networks, small images,
 * and few steps of one image each, after which most moments of Adam are still zero and the files small.
 */

/** @typedef {import('playwright').Page} Page */

const side = 16;
/** Names that are none of MNIST's, and one that is no ASCII. */
export const goldenClasses = ['ring', 'cross', '木'];
const startTimeoutMs = 60_000;
/** A deleted run is there for 72 seconds, so that it can be brought back. */
const deletionMs = 75_000;

/**
 * A paused run of the engine wasm with averaged weights, its evaluation, an imported data set, two drawings, a measurement
 * of the engine webgpu, and an ablation.
 * @param {Page} page
 * @param {string} url of the built site
 */
export async function leavePausedRun(page, url) {
  await open(page, `${url}?engine=wasm&threads=1&lang=en`);
  await importGlyphs(page);
  await page.evaluate(async () => {
    const { workbench } = window;
    const frame = { architecture: 'lenet5', batchSize: 1, steps: 1 };
    await workbench.runAblation(['dropout'], /** @type {any} */ (frame));
    await workbench.deleteAllRuns();
  });
  await page.waitForTimeout(deletionMs);

  await open(page, `${url}?engine=wasm&threads=1&arch=lenet5&batch=1&steps=2000&lang=en`);
  await page.evaluate(async () => {
    const { workbench } = window;
    let pausing = false;
    const unsubscribe = workbench.subscribe(({ phase, run }) => {
      if (pausing || phase !== 'training' || !run || run.step < 20) return;
      pausing = true;
      workbench.pause();
    });
    const training = workbench.train({
      ...{ averaging: 0.9, seed: 7, validationInterval: 20, checkpointInterval: 1_000_000 },
    });
    training.catch(() => {});
    while (workbench.state().phase !== 'paused') await new Promise((done) => setTimeout(done, 20));
    unsubscribe();
    await workbench.changeLearningRate(0.0005);
    await workbench.evaluate();
    await workbench.renameRun(workbench.state().runs[0]?.id ?? '', 'A run that waits, 暫停');
  });
  await draw(page);
  await rememberKernel(page);
  return dumpOrigin(page);
}

/**
 * What a GPU of hardware leaves, as the store has it: one in software takes longer to compile a shader
 * than measuring may.
 * @param {Page} page
 */
function rememberKernel(page) {
  return page.evaluate(async () => {
    const key = [2, 'nvidia', 'ampere', '', 'Chromium 156', 'matmul', '128x1000x64'];
    const record = { variant: 'tiled-8x8', variantMs: { 'tiled-8x8': 0.21, 'tiled-4x4': null } };
    const opening = indexedDB.open('alexnet-workbench');
    await new Promise((resolve) => {
      opening.onsuccess = resolve;
    });
    const transaction = opening.result.transaction('tuning', 'readwrite');
    transaction.objectStore('tuning').put(record, JSON.stringify(key));
    await new Promise((resolve) => {
      transaction.oncomplete = resolve;
    });
    opening.result.close();
  });
}

/**
 * A finished run with its best weights beside the last, which has read two drawings and
 * some test images.
 * @param {Page} page
 * @param {string} url of the built site
 */
export async function leaveFinishedRun(page, url) {
  await open(page, `${url}?engine=wasm&threads=1&arch=lenet5&batch=1&steps=2&lang=en`);
  await importGlyphs(page);
  await draw(page);
  await page.evaluate(async () => {
    const { workbench } = window;
    await workbench.train({ keepBest: 'on', validationInterval: 1, weightDecay: 0.01 });
    await workbench.evaluate();
    await workbench.scoreDrawings();
  });
  return dumpOrigin(page);
}

/**
 * All that the page gives to keep and takes back, of the run in memory.
 * @param {Page} page
 * @param {string} prefix of the files' names
 * @returns {Promise<{ name: string, bytes: Buffer }[]>}
 */
export async function exportedFiles(page, prefix) {
  const files = await page.evaluate(async () => {
    const { workbench } = window;
    const base64 = (/** @type {Uint8Array} */ bytes) =>
      btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
    const runs = await workbench.exportRuns();
    return [
      ['weights.safetensors', base64((await workbench.exportWeights('safetensors')).bytes)],
      ['weights-tfjs.zip', base64((await workbench.exportWeights('tfjs')).bytes)],
      ['runs.zip', base64(new Uint8Array(await runs.blob.arrayBuffer()))],
      ['drawings.json', base64((await workbench.exportDrawings()).bytes)],
    ];
  });
  return files.map(([name = '', text = '']) => ({
    name: `${prefix}-${name}`,
    bytes: Buffer.from(text, 'base64'),
  }));
}

/** @param {Page} page @param {string} address */
async function open(page, address) {
  await page.goto(address);
  await page.waitForFunction(() => window.workbench?.state().phase === 'idle', undefined, {
    timeout: startTimeoutMs,
  });
}

/** Imports a data set of rings, crosses and trees, with test images. @param {Page} page */
async function importGlyphs(page) {
  const files = [
    { name: 'glyphs-train.csv', text: glyphs(30) },
    { name: 'glyphs-test.csv', text: glyphs(12) },
  ];
  await page.evaluate(
    async ({ files, names }) => {
      await window.workbench.importDataset(files.map(({ name, text }) => new File([text], name)));
      await window.workbench.nameClasses(names);
    },
    { files, names: goldenClasses },
  );
}

/** Keeps two drawings in the personal test set. @param {Page} page */
function draw(page) {
  return page.evaluate(
    async ({ side, drawings, names }) => {
      for (const [index, pixels] of drawings.entries()) {
        const picture = {
          name: 'drawing',
          width: side,
          height: side,
          ink: /** @type {const} */ ('light'),
        };
        await window.workbench.keepDrawing(
          { ...picture, pixels: Uint8Array.from(pixels) },
          names[index] ?? '',
        );
      }
    },
    { side, drawings: [glyph(0, 1), glyph(1, 2)], names: goldenClasses },
  );
}

/** Rows of a CSV file, the label first. @param {number} count */
function glyphs(count) {
  const rows = Array.from({ length: count }, (_, index) => [index % 3, ...glyph(index % 3, index)]);
  return rows.map((row) => row.join(',')).join('\n');
}

/**
 * Bright lines on black, a little to the right with each `shift`.
 * @param {number} label
 * @param {number} shift
 */
function glyph(label, shift) {
  const centre = { x: 7 + (shift % 3), y: 7 + (Math.trunc(shift / 3) % 2) };
  return Array.from({ length: side * side }, (_, index) => {
    const [x, y] = [(index % side) - centre.x, Math.trunc(index / side) - centre.y];
    const isInk = [
      Math.abs(Math.hypot(x, y) - 4) < 1,
      Math.abs(Math.abs(x) - Math.abs(y)) < 1 && Math.abs(x) < 5,
      Math.abs(x) < 1 || Math.abs(y) < 1,
    ][label];
    return isInk && Math.max(Math.abs(x), Math.abs(y)) < 6 ? 255 : 0;
  });
}

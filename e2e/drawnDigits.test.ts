import { afterAll, describe, expect, it } from 'vitest';
import { noStrokes, readPenDigits, strokesPath } from '../src/testing/hands/penDigits.ts';
import { chooseFiles, waitForPhase } from './support/actions.ts';
import { PenWriter } from './support/penStrokes.ts';
import { openSite, type Site } from './support/site.ts';

/**
 * Digits that people wrote on tablets, replayed with the mouse. They lie beside the project, and they
 * and the weights are named on the command line:
 *
 *     STROKES=FILE WEIGHTS=out/FILE.safetensors npx vitest run --config vitest.e2e.config.ts e2e/drawnDigits.test.ts
 */
const weightsPath = process.env.WEIGHTS;
const engine = process.env.ENGINE ?? 'wasm';

const obstacle =
  strokesPath === undefined
    ? noStrokes
    : weightsPath === undefined && 'no trained weights are named in WEIGHTS';

/** What the improved recipe reaches when it is trained for long enough. */
const IMPROVED_STEPS = 2000;
const IMPROVED_ACCURACY = 0.975;

/** Enough for a machine that is busy with something else too. */
const TIMEOUT_MS = 15 * 60_000;

describe('digits that other hands wrote', () => {
  let site: Site | undefined;
  afterAll(() => site?.close());

  it('are read from the drawing canvas', { timeout: TIMEOUT_MS }, async ({ skip }) => {
    skip(obstacle !== false, obstacle || '');
    const digits = readPenDigits(strokesPath ?? '');
    site = await openSite(`?engine=${engine}&lang=en`);
    const { page } = site;
    await waitForPhase(page, 'idle');
    await chooseFiles(page, 'Import weights', [weightsPath ?? '']);
    await page.waitForFunction(() => window.workbench.state().run !== undefined);
    await waitForPhase(page, 'idle');

    const writer = await PenWriter.on(page);
    const beganAt = performance.now();
    const wrong: string[] = [];
    for (const digit of digits) {
      const read = await writer.write(digit);
      if (read !== digit.label) wrong.push(`${digit.label} read as ${read} (${digit.id})`);
    }
    const msEach = (performance.now() - beganAt) / digits.length;

    const right = digits.length - wrong.length;
    const accuracy = right / digits.length;
    const percent = (100 * accuracy).toFixed(2);
    console.log(
      [
        `${right} of ${digits.length} right, ${percent} %, ${msEach.toFixed(0)} ms each.`,
        ...wrong.toSorted(),
      ].join('\n'),
    );
    const { preset, steps } = await page.evaluate(() => {
      const { run } = window.workbench.state();
      return { preset: run?.record.recipe.preset, steps: run?.step ?? 0 };
    });
    if (preset === 'improved' && steps >= IMPROVED_STEPS) {
      expect(accuracy).toBeGreaterThanOrEqual(IMPROVED_ACCURACY);
    }
  });
});

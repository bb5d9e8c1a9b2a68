import type { Download, Locator, Page } from 'playwright';
import type { WorkbenchState } from '../../src/app/state.ts';

/** What a visitor does, by roles and names alone. */

export type RegionName =
  | 'Dataset'
  | 'Architecture'
  | 'Recipe'
  | 'Training'
  | 'Evaluation'
  | 'Draw'
  | 'Weights'
  | 'Runs';

export function region(page: Page, name: RegionName): Locator {
  return page.getByRole('region', { name, exact: true });
}

export function button(page: Page, name: string): Locator {
  return page.getByRole('button', { name, exact: true });
}

/** A part of the page's state, which is no secret: `window.workbench` is for scripts. */
export function phaseOf(page: Page): Promise<WorkbenchState['phase']> {
  return page.evaluate(() => window.workbench.state().phase);
}

/** Steps done, and points in the curves, of the run in memory. */
export function progressOf(page: Page): Promise<{ step: number; points: number } | undefined> {
  return page.evaluate(() => {
    const { run } = window.workbench.state();
    return run && { step: run.step, points: run.training.length };
  });
}

export async function waitForPhase(
  page: Page,
  phase: WorkbenchState['phase'],
  timeoutMs = 120_000,
) {
  const deadline = Date.now() + timeoutMs;
  while ((await phaseOf(page)) !== phase) {
    if (Date.now() > deadline) {
      throw new Error(`Still ${await phaseOf(page)} and not ${phase} after ${timeoutMs} ms.`);
    }
    await page.waitForTimeout(50);
  }
}

/** Presses a button that asks for files, and gives it these. */
export async function chooseFiles(page: Page, buttonName: string, paths: readonly string[]) {
  const choosing = page.waitForEvent('filechooser');
  await button(page, buttonName).click();
  await (await choosing).setFiles([...paths]);
}

export async function exportWeights(page: Page): Promise<Download> {
  const downloading = page.waitForEvent('download');
  await button(page, 'Export weights').click();
  return downloading;
}

/** Removes all that the site keeps, as the browser's own setting does. */
export async function clearStorage(page: Page): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Storage.clearDataForOrigin', {
    origin: new URL(page.url()).origin,
    storageTypes: 'all',
  });
  await devtools.detach();
}

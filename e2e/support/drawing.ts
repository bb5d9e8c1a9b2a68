import type { Page } from 'playwright';
import { at } from '../../src/util/assert.ts';
import { button, region } from './actions.ts';

/** A point of the drawing surface, from 0 to 1 across and down. */
type Point = readonly [x: number, y: number];

export const one: readonly Point[] = [
  [0.5, 0.2],
  [0.5, 0.8],
];

export const zero: readonly Point[] = Array.from({ length: 33 }, (_, index) => {
  const angle = (2 * Math.PI * index) / 32 - Math.PI / 2;
  return [0.5 + 0.19 * Math.cos(angle), 0.5 + 0.28 * Math.sin(angle)];
});

/** Clears the surface, draws one stroke with the mouse, and gives what is read out then. */
export async function draw(page: Page, stroke: readonly Point[]): Promise<string> {
  const status = region(page, 'Draw').getByRole('status');
  const clear = button(page, 'Clear');
  if (await clear.isEnabled()) await clear.click();
  const readStatus = async () => (await status.textContent()) ?? '';
  const empty = await readStatus();

  const surface = page.getByLabel('Drawing canvas', { exact: true });
  await surface.scrollIntoViewIfNeeded();
  const box = await surface.boundingBox();
  if (!box) throw new Error('The drawing canvas is not visible.');
  const toPage = ([x, y]: Point) => [box.x + x * box.width, box.y + y * box.height] as const;

  await page.mouse.move(...toPage(at(stroke, 0)));
  await page.mouse.down();
  for (const point of stroke.slice(1)) await page.mouse.move(...toPage(point), { steps: 4 });
  await page.mouse.up();
  return settledText(page, readStatus, empty);
}

/** The text once it is another than before and has not changed for half a second. */
async function settledText(page: Page, read: () => Promise<string>, before: string) {
  const deadline = Date.now() + 20_000;
  let last = await read();
  let since = Date.now();
  while (last === before || Date.now() - since < 500) {
    if (Date.now() > deadline) throw new Error(`The prediction still reads "${last}".`);
    await page.waitForTimeout(50);
    const now = await read();
    if (now !== last) since = Date.now();
    last = now;
  }
  return last;
}

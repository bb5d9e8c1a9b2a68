import type { CDPSession, Page } from 'playwright';
import type { PenDigit, Place } from '../../src/testing/hands/penDigits.ts';
import { at } from '../../src/util/assert.ts';

/** The share of the surface's side that a digit is written over: MNIST's digits take 20 of 28 pixels. */
const DIGIT_SHARE = 20 / 28;

/** How long after the last reading, or after the pen is lifted, no other one can follow. */
const QUIET_MS = 45;

/** Draws digits with the mouse, one after the other, and tells what each is read as. */
export class PenWriter {
  private constructor(
    private readonly page: Page,
    private readonly devtools: CDPSession,
    private readonly surface: { x: number; y: number; width: number; height: number },
  ) {}

  static async on(page: Page): Promise<PenWriter> {
    const canvas = page.getByLabel('Drawing canvas', { exact: true });
    await canvas.scrollIntoViewIfNeeded();
    const surface = await canvas.boundingBox();
    if (!surface) throw new Error('The drawing canvas is not visible.');
    await countReadings(page);
    return new PenWriter(page, await page.context().newCDPSession(page), surface);
  }

  /** Clears the surface, writes the digit, and gives the class that it is read as. */
  async write({ strokes }: PenDigit): Promise<number> {
    const { page } = this;
    await page.keyboard.press('Escape');
    // Sent at once and heard in order: a round trip for each of the points would take a second.
    await Promise.all(strokes.flatMap((stroke) => this.drawn(stroke)));
    return page.evaluate(async (quietMs) => {
      const label = await window.readAtRest?.(quietMs);
      if (label === undefined) throw new Error('Nothing was read.');
      return label;
    }, QUIET_MS);
  }

  private drawn(stroke: readonly Place[]): Promise<unknown>[] {
    const first = at(stroke, 0);
    const last = at(stroke, stroke.length - 1);
    return [
      this.mouse('mouseMoved', first),
      this.mouse('mousePressed', first),
      ...stroke.slice(1).map((point) => this.mouse('mouseMoved', point, true)),
      this.mouse('mouseReleased', last),
    ];
  }

  private mouse(
    type: 'mouseMoved' | 'mousePressed' | 'mouseReleased',
    [x, y]: Place,
    isDown = type === 'mousePressed',
  ): Promise<unknown> {
    const { surface, devtools } = this;
    const across = 0.5 + DIGIT_SHARE * (x - 0.5);
    const down = 0.5 + DIGIT_SHARE * (y - 0.5);
    return devtools.send('Input.dispatchMouseEvent', {
      type,
      x: surface.x + across * surface.width,
      y: surface.y + down * surface.height,
      button: type === 'mouseMoved' && !isDown ? 'none' : 'left',
      buttons: isDown ? 1 : 0,
      clickCount: type === 'mouseMoved' ? 0 : 1,
      pointerType: 'mouse',
    });
  }
}

declare global {
  interface Window {
    /** The class read last, once no reading is going on and none has ended for so long. */
    readAtRest?: (quietMs: number) => Promise<number | undefined>;
  }
}

/**
 * A digit is read several times while it is written; only the last reading is of all of it. The
 * panel's questions are counted on their way to the worker, so that it is known when that was.
 */
async function countReadings(page: Page): Promise<void> {
  await page.evaluate(() => {
    const { workbench } = window;
    const ask = workbench.predict;
    let waiting = 0;
    let endedAt = 0;
    workbench.predict = async (picture) => {
      waiting++;
      try {
        return await ask(picture);
      } finally {
        waiting--;
        endedAt = performance.now();
      }
    };
    window.readAtRest = async (quietMs) => {
      const calledAt = performance.now();
      while (waiting > 0 || performance.now() - Math.max(calledAt, endedAt) < quietMs) {
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
      return workbench.state().prediction?.label;
    };
  });
}

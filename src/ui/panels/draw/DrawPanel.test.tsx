import { describe, expect, it, vi } from 'vitest';
import { cdp, page, userEvent } from 'vitest/browser';
import type { KeptDrawing } from '../../../domain/drawing/drawings.ts';
import type { Picture, Prediction } from '../../../protocol/protocol.ts';
import { deferred } from '../../../util/deferred.ts';
import { WorkbenchError } from '../../../util/errors.ts';
import { Hand } from '../../testing/hand.ts';
import { runState } from '../../testing/runState.ts';
import { type Shown, show } from '../../testing/show.tsx';
import { DrawPanel } from './DrawPanel.tsx';

const surface = () => page.getByRole('application', { name: 'Drawing canvas' });
const element = () => surface().element() as HTMLCanvasElement;
const button = (name: string) => page.getByRole('button', { name, exact: true });

/** How many pixels of the surface are white. */
function ink(): number {
  const { width, height } = element();
  const { data } = element().getContext('2d')?.getImageData(0, 0, width, height) ?? { data: [] };
  return data.filter((value, i) => i % 4 === 0 && value > 128).length;
}

/** Of the disc that the pen leaves: 2.8 of the 28 pixels of the surface wide. */
const dot = () => Math.PI * (element().width / 20) ** 2;

async function stroke(hand: Hand, x: number): Promise<void> {
  await hand.down('mouse', [x, 0.3]);
  await hand.move('mouse', [x, 0.5]);
  await hand.move('mouse', [x, 0.7]);
  await hand.up('mouse', [x, 0.7]);
}

async function showPanel(options: Parameters<typeof show>[1] = {}): Promise<Hand> {
  await show(<DrawPanel />, options);
  await expect.element(surface()).toBeVisible();
  await expect.poll(() => element().width).toBeGreaterThan(300);
  return new Hand(element());
}

describe('the drawing surface', () => {
  it('has a dot where one clicks or taps, which can be kept', async () => {
    const hand = await showPanel();
    await expect.element(button('Keep as 1')).toHaveAttribute('aria-disabled', 'true');
    await hand.down('mouse', [0.25, 0.5]);
    await hand.up('mouse', [0.25, 0.5]);
    await expect.poll(ink).toBeGreaterThan(0.95 * dot());
    expect(ink()).toBeLessThan(1.05 * dot());
    await hand.touch('touchStart', [0.75, 0.5]);
    await hand.touch('touchEnd');
    await expect.poll(ink).toBeGreaterThan(1.9 * dot());
    await expect.element(button('Keep as 1')).toHaveAttribute('aria-disabled', 'false');
  });

  it('takes the pen where the palm lies already, and nothing of the palm', async () => {
    const hand = await showPanel();
    await hand.touch('touchStart', [0.8, 0.9]);
    await hand.touch('touchMove', [0.82, 0.92]);
    await expect.poll(ink).toBeGreaterThan(0);
    await hand.down('pen', [0.3, 0.3]);
    await hand.move('pen', [0.3, 0.6]);
    await hand.touch('touchMove', [0.7, 0.9]);
    await hand.up('pen', [0.3, 0.6]);
    await hand.touch('touchEnd');
    const line = (0.3 * element().width * element().width) / 10 + dot();
    await expect.poll(ink).toBeGreaterThan(0.95 * line);
    expect(ink()).toBeLessThan(1.05 * line);
    await hand.touch('touchStart', [0.8, 0.9]);
    await hand.touch('touchEnd');
    expect(ink()).toBeLessThan(1.05 * line);
    await button('Undo').click();
    await expect.poll(ink).toBe(0);
    await expect.element(button('Undo')).toBeDisabled();
  });

  it('goes back and forth by key, over what was cleared too', async () => {
    const hand = await showPanel();
    await stroke(hand, 0.3);
    await expect.poll(ink).toBeGreaterThan(0);
    const one = ink();
    await stroke(hand, 0.7);
    await expect.poll(ink).toBeGreaterThan(1.5 * one);
    const both = ink();
    const press = async (keys: string, expected: number) => {
      await userEvent.keyboard(keys);
      await expect.poll(ink, { message: keys }).toBe(expected);
    };
    element().focus();
    await press('{Control>}z{/Control}', one);
    await press('{Control>}{Shift>}Z{/Shift}{/Control}', both);
    await press('{Control>}z{/Control}', one);
    await press('{Control>}y{/Control}', both);
    await press('{Escape}', 0);
    await press('{Meta>}z{/Meta}', both);
    await press('{Meta>}{Shift>}Z{/Shift}{/Meta}', 0);
    await button('Undo').click();
    await expect.poll(ink).toBe(both);
    await button('Redo').click();
    await expect.poll(ink).toBe(0);
  });

  it('leaves keys alone with which a character is composed', async () => {
    const keepDrawing = vi.fn();
    const hand = await showPanel({ commands: { keepDrawing } });
    await stroke(hand, 0.3);
    await expect.poll(ink).toBeGreaterThan(0);
    const before = ink();
    const keys = ['Escape', 'Delete', '1', 'z'];
    for (const key of keys) {
      for (const how of [{ isComposing: true }, { keyCode: 229 }]) {
        const options = { key, bubbles: true, cancelable: true, ctrlKey: key === 'z', ...how };
        expect(element().dispatchEvent(new KeyboardEvent('keydown', options))).toBe(true);
      }
    }
    expect(keepDrawing).not.toHaveBeenCalled();
    expect(ink()).toBe(before);
  });

  it('is as fine as the screen, also after the page was zoomed', async () => {
    const hand = await showPanel();
    await stroke(hand, 0.5);
    await expect.poll(ink).toBeGreaterThan(3 * dot());
    const devtools = cdp() as unknown as { send(method: string, params: object): Promise<unknown> };
    for (const deviceScaleFactor of [2, 1.5, 1]) {
      const screen = { width: 0, height: 0, mobile: false, deviceScaleFactor };
      await devtools.send('Emulation.setDeviceMetricsOverride', screen);
      // Played by the browser, a new density is told of to the outermost page alone; here by a dot.
      await hand.down('mouse', [0.8, 0.8]);
      await hand.up('mouse', [0.8, 0.8]);
      const { clientWidth } = element();
      await expect
        .poll(() => Math.abs(element().width / clientWidth - deviceScaleFactor))
        .toBeLessThan(0.02);
      expect(element().height).toBe(element().width);
      await expect.poll(ink).toBeGreaterThan(3 * dot());
    }
  });
});

describe('a drawing that is kept', () => {
  const stay = (sheet: () => Promise<KeptDrawing>) => ({ commands: { keepDrawing: sheet } });
  const drawn: KeptDrawing = {
    ...{ id: 'a', className: '1', createdAt: 1 },
    thumbnail: new Uint8Array(28 * 28),
  };

  it('is told to be under way where the worker is busy, and to be kept once it is', async () => {
    const answer = deferred<KeptDrawing>();
    const hand = await showPanel(stay(() => answer.promise));
    await stroke(hand, 0.5);
    await button('Keep as 1').click();
    await expect.element(page.getByText('Keeping as 1')).toBeVisible();
    expect(ink()).toBeGreaterThan(0);
    answer.resolve(drawn);
    await expect.element(page.getByText('Kept as 1.')).toBeVisible();
    await expect.poll(ink).toBe(0);
  });

  it('stays where it is refused, and the panel says so', async () => {
    const hand = await showPanel(
      stay(async () => {
        throw new WorkbenchError('drawings.tooMany', { count: 2001, limit: 2000 });
      }),
    );
    await stroke(hand, 0.5);
    await button('Keep as 1').click();
    await expect.element(page.getByText('Not kept as 1')).toBeVisible();
    expect(ink()).toBeGreaterThan(0);
  });
});

describe('a drawing that could not be read', () => {
  const prediction: Prediction = {
    ...{ blank: false, label: 3, probabilities: Array(10).fill(0.1) },
    ...{ prepared: new Uint8Array(28 * 28), preparedWidth: 28, preparedHeight: 28 },
  };

  /** A worker that refuses the first so many questions. */
  async function refusing(times: number): Promise<{ asked: Picture[]; shown: Shown }> {
    const asked: Picture[] = [];
    let shown: Shown | undefined;
    const predict = async (picture: Picture) => {
      asked.push(picture);
      if (asked.length <= times) throw new WorkbenchError('worker.restarted');
      shown?.store.setState({ prediction });
      return prediction;
    };
    shown = await show(<DrawPanel />, { state: { run: runState }, commands: { predict } });
    await expect.poll(() => element().width).toBeGreaterThan(300);
    return { asked, shown };
  }
  const reading = () => page.getByText('This looks like a 3');
  const paste = async () => {
    const canvas = new OffscreenCanvas(40, 40);
    const context = canvas.getContext('2d');
    context?.fillRect(10, 10, 20, 20);
    const blob = await canvas.convertToBlob();
    const clipboardData = new DataTransfer();
    clipboardData.items.add(new File([blob], 'image.png', { type: 'image/png' }));
    document.body.dispatchEvent(new ClipboardEvent('paste', { bubbles: true, clipboardData }));
  };

  it('does not keep the next picture from being read, though it is called the same', async () => {
    const { asked } = await refusing(1);
    await paste();
    await expect.poll(() => asked.length).toBe(1);
    await expect.element(page.getByText('Nothing to read yet.')).toBeVisible();
    await paste();
    await expect.element(reading()).toBeVisible();
    expect(asked).toHaveLength(2);
  });

  it('is asked again when there is another model, and when the worker is back', async () => {
    const { asked, shown } = await refusing(2);
    await paste();
    await expect.poll(() => asked.length).toBe(1);
    const other = { ...runState, record: { ...runState.record, id: 'other' } };
    shown.store.setState({ run: other });
    await expect.poll(() => asked.length).toBe(2);
    shown.store.setState({ phase: 'starting' });
    await new Promise(requestAnimationFrame);
    shown.store.setState({ phase: 'idle' });
    await expect.element(reading()).toBeVisible();
    expect(asked).toHaveLength(3);
  });

  it('is not asked again with every move of the same stroke', async () => {
    const { asked, shown } = await refusing(1);
    shown.store.setState({ prediction });
    const hand = new Hand(element());
    await hand.down('mouse', [0.2, 0.5]);
    await expect.poll(() => asked.length).toBe(1);
    for (const x of [0.3, 0.4, 0.5]) {
      await hand.move('mouse', [x, 0.5]);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    await hand.up('mouse', [0.5, 0.5]);
    // What the panel says is not about another drawing.
    await expect.element(page.getByText('Nothing to read yet.')).toBeVisible();
    expect(asked).toHaveLength(1);
    await hand.down('mouse', [0.2, 0.8]);
    await hand.up('mouse', [0.2, 0.8]);
    await expect.element(reading()).toBeVisible();
  });
});

import { afterEach, describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { WorkbenchState } from '../../app/state.ts';
import { show } from '../testing/show.tsx';
import { InsideView } from './InsideView.tsx';
import { drawn, filtersOf, inspected, lenet } from './testing/inspected.ts';

/** A machine that is busy with something else too. */
const LONG = { timeout: 20_000 };

afterEach(() => {
  location.hash = '';
});

const withDrawing: Partial<WorkbenchState> = { run: lenet, prediction: drawn };

async function opened(state: Partial<WorkbenchState> = withDrawing) {
  const asked: Uint8Array[] = [];
  const inspect = async (picture: unknown) => {
    asked.push(picture as Uint8Array);
    return inspected(picture as Uint8Array, 3);
  };
  const filters = async (layer: string) => filtersOf(layer);
  const shown = await show(<InsideView />, { state, commands: { inspect, filters } });
  return { ...shown, asked };
}

const door = (name: RegExp) => page.getByRole('button', { name });

describe('the network as a picture', () => {
  it('reads the drawing, and says so in words before any figure', async () => {
    const { asked } = await opened();
    await expect.element(page.getByText('It reads 3.')).toBeVisible();
    await expect.element(door(/^3: 91\.0%/)).toBeVisible();
    expect(asked).toEqual([drawn.prepared]);
  });

  it('is there without a network too, as Train would make it', async () => {
    const { asked } = await opened({});
    await expect.element(page.getByText(/never seen a digit/)).toBeVisible();
    await expect.element(door(/^conv5: 7 × 7 × 256, 884,992 parameters/)).toBeVisible();
    expect(asked).toEqual([]);
  });

  it('has one door for the keyboard, and the arrow keys go on', async () => {
    await opened();
    await expect.element(door(/^conv1/)).toBeVisible();
    (door(/^conv1/).element() as HTMLElement).focus();
    await userEvent.keyboard('{ArrowRight}');
    await expect.element(door(/^conv2/)).toHaveFocus();
    await expect.element(page.getByText(/2,416 parameters · 240K multiply-adds/)).toBeVisible();
    await userEvent.keyboard('{End}');
    await expect.element(door(/^fc4/)).toHaveFocus();
    expect(document.querySelectorAll('[data-door][tabindex="0"]')).toHaveLength(2);
  });

  it('opens a layer at an address of its own', async () => {
    await opened();
    await door(/^conv2/).click();
    await vi.waitFor(() => expect(location.hash).toBe('#layer/conv2'), LONG);
  });

  it('asks again and again while a run trains, and no more when it rests', async () => {
    const { asked, store } = await opened({ ...withDrawing, phase: 'training' });
    await vi.waitFor(() => expect(asked.length).toBeGreaterThan(2), LONG);
    store.setState({ phase: 'idle' });
    await expect.element(page.getByText('It reads 3.')).toBeVisible();
    const { length } = asked;
    await new Promise((resolve) => setTimeout(resolve, 600));
    expect(asked.length).toBeLessThanOrEqual(length + 1);
  });

  it('asks for nothing while it is not to be seen', async () => {
    const { asked, host, store } = await opened({ ...withDrawing, phase: 'training' });
    await vi.waitFor(() => expect(asked.length).toBeGreaterThan(1), LONG);
    host.style.display = 'none';
    let { length } = asked;
    await vi.waitFor(async () => {
      length = asked.length;
      await new Promise((resolve) => setTimeout(resolve, 500));
      expect(asked.length).toBe(length);
    }, LONG);
    host.style.display = '';
    await vi.waitFor(() => expect(asked.length).toBeGreaterThan(length), LONG);
    store.setState({ phase: 'idle' });
  });

  it('has a table for who hears it', async () => {
    await opened();
    const table = page.getByRole('table', { name: 'The layers of the picture' });
    await expect
      .element(table.getByRole('row', { name: /pool2 5 × 5 × 16 0/ }))
      .toBeInTheDocument();
  });
});

import { afterEach, describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { Workbench } from '../../../app/workbench.ts';
import type { LayerFilters } from '../../../domain/inside/inspection.ts';
import { show } from '../../testing/show.tsx';
import { InsideView } from '../InsideView.tsx';
import { drawn, filtersOf, inspected, lenet } from '../testing/inspected.ts';

/** A machine that is busy with something else too. */
const LONG = { timeout: 20_000 };

afterEach(() => {
  location.hash = '';
});

async function opened(
  fragment: string,
  language: 'en' | 'zh-Hant' = 'en',
  inspect: Workbench['inspect'] = async (picture) => inspected(picture as Uint8Array, 3),
) {
  location.hash = fragment;
  const asked: string[] = [];
  const shown = await show(<InsideView />, {
    state: { run: lenet, prediction: drawn },
    commands: {
      inspect,
      filters: async (layer): Promise<LayerFilters> => {
        asked.push(layer);
        return filtersOf(layer);
      },
    },
    language,
  });
  return { ...shown, asked };
}

const layer = (name: string) => page.getByRole('region', { name: `Layer ${name}` });
const maps = (name: string) =>
  page.getByRole('application', { name: `Maps of ${name}: the arrow keys choose one` });

describe('a layer, opened', () => {
  it('is opened by its address, at a map and a unit of it', async () => {
    const { asked } = await opened('#layer/conv2?map=3&at=4,5');
    await expect.element(layer('conv2').getByText('Map 3, row 4, column 5: ')).toBeVisible();
    await expect.element(page.getByRole('heading', { name: 'conv2' })).toHaveFocus();
    await vi.waitFor(() => expect(asked).toContain('conv2'), LONG);
  });

  it('adds the products up to the value that the unit has', async () => {
    await opened('#layer/conv2?map=3&at=4,5');
    const sum = layer('conv2').getByRole('table');
    await expect.element(sum.getByRole('row', { name: /^map \d+/ }).first()).toBeVisible();
    const numbers = [...sum.element().querySelectorAll('tbody td:last-child')].map((cell) =>
      Number((cell.textContent ?? '').replace('−', '-')),
    );
    const total = sum.element().querySelector('tfoot td')?.textContent?.replace('−', '-');
    expect(numbers.length).toBe(5);
    expect(numbers.reduce((a, b) => a + b, 0)).toBeCloseTo(Number(total), 2);
  });

  it('frames what the unit sees on the input', async () => {
    const { host } = await opened('#layer/conv2?map=3&at=4,5');
    await expect.element(layer('conv2')).toBeVisible();
    // 5x5 behind a pool of 2x2 behind 5x5: 14 pixels, of which none is beside the image there.
    const frame = await vi.waitFor(() => {
      const found = host.querySelector('[class*=field]');
      expect(found).not.toBeNull();
      return found;
    }, LONG);
    const scale = Number(host.querySelector('[class*=edge]')?.getAttribute('width')) / 28;
    expect(Number(frame?.getAttribute('width')) / scale).toBeCloseTo(14, 6);
  });

  it('goes from map to map by the arrow keys, and says so in the address', async () => {
    await opened('#layer/conv2?map=1');
    await expect.element(maps('conv2')).toBeVisible();
    (maps('conv2').element() as HTMLElement).focus();
    await userEvent.keyboard('{ArrowRight}');
    await vi.waitFor(() => expect(location.hash).toBe('#layer/conv2?map=2'), LONG);
    await expect.element(layer('conv2').getByText('Map 2', { exact: true })).toBeVisible();
  });

  it('goes on by keys from the unit that the pointer rests on', async () => {
    await opened('#layer/conv2?map=1&at=0,0');
    const map = page.getByRole('application', { name: 'Map 1: the arrow keys choose a unit' });
    await expect.element(map).toBeVisible();
    (map.element() as HTMLElement).focus();
    const side = map.element().clientWidth / 10;
    await map.hover({ position: { x: 3.5 * side, y: 2.5 * side } });
    await expect.element(page.getByText('Map 1, row 2, column 3: ')).toBeVisible();
    await userEvent.keyboard('{ArrowRight}');
    await expect.element(page.getByText('Map 1, row 2, column 4: ')).toBeVisible();
    await userEvent.keyboard('{ArrowDown}');
    await expect.element(page.getByText('Map 1, row 3, column 4: ')).toBeVisible();
  });

  it('speaks of another map, and not of the same whenever it has learned', async () => {
    let looks = 0;
    const { store } = await opened('#layer/conv2?map=1&at=0,0', 'en', async (picture) => {
      const seen = inspected(picture as Uint8Array, 3);
      const layers = seen.layers.map((one) => ({
        ...one,
        values: one.values.map((v) => v + looks),
      }));
      looks++;
      return { ...seen, layers };
    });
    const note = page.getByText(/^Map 1: up to/);
    await expect.element(note).toHaveAttribute('aria-live', 'polite');
    store.setState({ phase: 'training' });
    await expect.element(note).toHaveAttribute('aria-live', 'off');
    store.setState({ phase: 'idle' });
    (maps('conv2').element() as HTMLElement).focus();
    await userEvent.keyboard('{ArrowRight}');
    await expect.element(page.getByText(/^Map 2: up to/)).toHaveAttribute('aria-live', 'polite');
  });

  it('lies over doors that the keyboard passes by', async () => {
    await opened('#layer/conv2');
    await expect.element(layer('conv2')).toBeVisible();
    const groups = [...document.querySelectorAll('fieldset')].filter((group) =>
      group.querySelector('[data-door]'),
    );
    expect(groups.map(({ inert }) => inert)).toEqual([true, true]);
  });

  it('is scrolled to when it is opened, and not by every key in it', async () => {
    const scrolled = vi.spyOn(Element.prototype, 'scrollIntoView');
    await opened('#layer/conv2?map=1');
    await expect.element(maps('conv2')).toBeVisible();
    const times = scrolled.mock.calls.length;
    expect(times).toBeGreaterThan(0);
    (maps('conv2').element() as HTMLElement).focus();
    await userEvent.keyboard('{ArrowRight}');
    await expect.element(layer('conv2').getByText('Map 2', { exact: true })).toBeVisible();
    expect(scrolled).toHaveBeenCalledTimes(times);
    scrolled.mockRestore();
  });

  it('closes by Escape, back to the door that it was opened by', async () => {
    await opened('#inside');
    const door = page.getByRole('button', { name: /^conv2: / });
    await door.click();
    await expect.element(layer('conv2')).toBeVisible();
    await userEvent.keyboard('{Escape}');
    await expect.element(door).toHaveFocus();
    await expect.element(layer('conv2')).not.toBeInTheDocument();
  });

  it('shows the filters of the first layer as pictures, what learning added first', async () => {
    await opened('#layer/conv1');
    await page.getByText('Filters', { exact: true }).click();
    await expect.element(page.getByText('Filters of conv1: 6 of 5×5')).toBeVisible();
    await page.getByText('All', { exact: true }).click();
    await expect.element(page.getByRole('radio', { name: 'All' })).toBeChecked();
  });

  it('tells the products of a dense unit as numbers', async () => {
    await opened('#layer/fc3?map=7');
    const rows = layer('fc3').getByRole('row', { name: /^map \d+ \(\d, \d\)/ });
    await expect.element(rows.first()).toBeVisible();
    expect(rows.elements()).toHaveLength(6);
  });

  it('goes to the layer behind', async () => {
    await opened('#layer/conv2');
    await page.getByRole('button', { name: 'The layer after: pool2' }).click();
    await expect.element(layer('pool2')).toBeVisible();
  });

  it('opens nothing that the network does not have', async () => {
    await opened('#layer/conv9');
    await expect.element(page.getByRole('button', { name: /^conv2: / })).toBeVisible();
    expect(page.getByRole('region', { name: /^Layer/ }).elements()).toEqual([]);
  });

  it('speaks Chinese', async () => {
    await opened('#layer/conv2?map=3&at=4,5', 'zh-Hant');
    await expect.element(page.getByText('這個值是怎麼來的')).toBeVisible();
    await expect.element(page.getByText(/第 4 列，第 5 行：/)).toBeVisible();
  });
});

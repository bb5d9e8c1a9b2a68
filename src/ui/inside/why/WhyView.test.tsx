import { afterEach, describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { Explanation, ExplanationMethod } from '../../../domain/inside/explanation.ts';
import { show } from '../../testing/show.tsx';
import { InsideView } from '../InsideView.tsx';
import { drawn, filtersOf, inspected, lenet } from '../testing/inspected.ts';

/** A machine that is busy with something else too. */
const LONG = { timeout: 20_000 };

afterEach(() => {
  location.hash = '';
});

/** Where most speaks for the class: one place of seven times seven. */
function explained(label: number, method: ExplanationMethod): Explanation {
  const values = new Float32Array(49).fill(0.1);
  values[8] = 2;
  const looked = { runId: lenet.record.id, step: 10, pixels: drawn.prepared };
  return { ...looked, label, method, height: 7, width: 7, values };
}

async function opened(fragment: string, run = lenet) {
  location.hash = fragment;
  const asked: string[] = [];
  await show(<InsideView />, {
    state: { run, prediction: drawn },
    commands: {
      inspect: async (picture) => inspected(picture as Uint8Array, 3),
      filters: async (layer) => filtersOf(layer),
      explain: async (_, label, method) => {
        asked.push(`${method} ${label}`);
        return explained(label, method);
      },
    },
  });
  return asked;
}

describe('why an image is read as it is', () => {
  it('is asked by an output, and told over the image', async () => {
    const asked = await opened('#inside');
    await page.getByRole('button', { name: '3: 91.0%. Why?' }).click();
    await expect.element(page.getByRole('heading', { name: 'Why 3?' })).toHaveFocus();
    await expect
      .element(page.getByRole('img', { name: /speaks for 3, most of all at row 6, column 6$/ }))
      .toBeVisible();
    expect(new Set(asked)).toEqual(new Set(['gradCam 3']));
  });

  it('is asked of another class, and in another way', async () => {
    const asked = await opened('#why/3');
    await page.getByRole('button', { name: /^7 1\.0%/ }).click();
    await expect.element(page.getByRole('heading', { name: 'Why not 7?' })).toBeVisible();
    expect(location.hash).toBe('#why/7');
    await page.getByText('Occlusion', { exact: true }).click();
    await vi.waitFor(() => expect(asked.at(-1)).toBe('occlusion 7'), LONG);
  });

  it('is asked by maps only where there is a convolution', async () => {
    const { record } = lenet;
    const layers = record.architecture.layers.filter(({ kind }) => kind !== 'conv2d');
    const architecture = { ...record.architecture, layers };
    const asked = await opened('#why/3', { ...lenet, record: { ...record, architecture } });
    await expect.element(page.getByRole('radio', { name: 'Gradient' })).toBeChecked();
    expect(page.getByRole('radio', { name: 'Grad-CAM' }).elements()).toEqual([]);
    await vi.waitFor(() => expect(asked).toEqual(['gradient 3']), LONG);
  });

  it('closes by Escape, back to the output', async () => {
    await opened('#why/3');
    await expect.element(page.getByRole('heading', { name: 'Why 3?' })).toHaveFocus();
    await userEvent.keyboard('{Escape}');
    await expect.element(page.getByRole('button', { name: '3: 91.0%. Why?' })).toHaveFocus();
  });
});

import { afterEach, describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { WorkbenchState } from '../../app/state.ts';
import { confusionOf } from '../../domain/metrics/confusion.ts';
import { deferred } from '../../util/deferred.ts';
import { WorkbenchError } from '../../util/errors.ts';
import { show } from '../testing/show.tsx';
import { summary } from '../testing/summary.ts';
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

  it('says where an image comes from while a trained network has none', async () => {
    await opened({ run: lenet });
    await expect.element(page.getByText('Draw, or load a data set')).toBeVisible();
    await expect.element(page.getByRole('button', { name: 'Next image' })).toBeDisabled();
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

  it('says nothing of images seen where something else has trained the weights', async () => {
    const { record } = lenet;
    const tuned = { ...lenet, record: { ...record, tunedOn: ['a drawing'] } };
    await opened({ ...withDrawing, run: tuned });
    await expect.element(page.getByText('It reads 3.', { exact: true })).toBeVisible();
  });

  it('asks for filters where there is room to show them', async () => {
    const asked: string[] = [];
    const commands = {
      inspect: async (picture: unknown) => inspected(picture as Uint8Array, 3),
      filters: async (layer: string) => {
        asked.push(layer);
        return filtersOf(layer);
      },
    };
    await page.viewport(500, 900);
    const narrow = await show(<InsideView />, { state: withDrawing, commands });
    await expect.element(page.getByText('It reads 3.')).toBeVisible();
    expect(asked).toEqual([]);
    narrow.remove();
    await page.viewport(1280, 900);
    await show(<InsideView />, { state: withDrawing, commands });
    await vi.waitFor(() => expect(asked).toEqual(['conv1']), LONG);
  });

  it('has a table for who hears it', async () => {
    await opened();
    const table = page.getByRole('table', { name: 'The layers of the picture' });
    await expect
      .element(table.getByRole('row', { name: /pool2 5 × 5 × 16 0/ }))
      .toBeInTheDocument();
  });
});

describe('what a unit sees', () => {
  it('is of the layer that is open, from the first frame on', async () => {
    location.hash = '#layer/conv1?map=0&at=27,27';
    const { host } = await opened();
    const region = (name: string) => page.getByRole('region', { name: `Layer ${name}` });
    await expect.element(region('conv1').getByText(/^Map 0, row 27, column 27/)).toBeVisible();
    const widths: number[] = [];
    const watching = new MutationObserver((changes) => {
      for (const { oldValue } of changes) widths.push(Number(oldValue));
    });
    const options = { attributeFilter: ['width', 'height'], attributeOldValue: true };
    watching.observe(host, { subtree: true, ...options });
    location.hash = '#layer/conv2?map=0&at=9,9';
    await expect.element(region('conv2').getByText(/^Map 0, row 9, column 9/)).toBeVisible();
    location.hash = '#layer/conv1?map=0&at=27,27';
    await expect.element(region('conv1').getByText(/^Map 0, row 27, column 27/)).toBeVisible();
    watching.disconnect();
    expect(Math.min(0, ...widths)).toBe(0);
  });
});

describe('an image and its reading', () => {
  const letters = [...'abcdefghij'];
  const dataset = {
    ...{ status: 'ready' as const, summary: { ...summary, classNames: letters } },
  };
  /** Of a class; each of its pixels says of which. */
  const imageOf = (label: number) => new Uint8Array(784).fill(label);
  const readAs = (picture: unknown) => {
    const pixels = picture as Uint8Array;
    return inspected(pixels, pixels[0] ?? 0);
  };

  it('stand together while the next image is read, and it stands alone where none is', async () => {
    const asked: number[] = [];
    const kinds = new Set<string | undefined>();
    const second = deferred<void>();
    const { store } = await show(<InsideView />, {
      state: { run: lenet, dataset },
      commands: {
        datasetThumbnails: async (name, _, kind) => {
          kinds.add(kind);
          return imageOf(letters.indexOf(name));
        },
        inspect: async (picture) => {
          asked.push((picture as Uint8Array)[0] ?? 0);
          if (asked.length > 1) await second.promise;
          return readAs(picture);
        },
        filters: async (layer) => filtersOf(layer),
      },
    });
    const source = page.getByText(/^from the data/);
    await expect.element(source).toHaveTextContent('from the data: e');
    await expect.element(page.getByText('It reads 4.')).toBeVisible();
    expect([...kinds]).toEqual(['validation']);
    await page.getByRole('button', { name: 'Next image' }).click();
    await vi.waitFor(() => expect(asked).toEqual([4, 5]), LONG);
    await expect.element(source).toHaveTextContent('from the data: e');
    await expect.element(page.getByText('It reads 4.')).toBeVisible();
    second.resolve();
    await expect.element(source).toHaveTextContent('from the data: f');
    await expect.element(page.getByText('It reads 5.')).toBeVisible();

    store.setState({ phase: 'loading' });
    await page.getByRole('button', { name: 'Next image' }).click();
    await expect.element(source).toHaveTextContent('from the data: g');
    await expect.element(page.getByText('There is nothing to read yet.')).toBeVisible();
  });

  it('stands alone where it cannot be read', async () => {
    await show(<InsideView />, {
      state: { run: lenet, dataset },
      commands: {
        datasetThumbnails: async (name) => imageOf(letters.indexOf(name)),
        inspect: async (picture) => {
          const seen = readAs(picture);
          if (seen.pixels[0] === 5) throw new WorkbenchError('engine.outOfMemory');
          return seen;
        },
        filters: async (layer) => filtersOf(layer),
      },
    });
    await expect.element(page.getByText('It reads 4.')).toBeVisible();
    await page.getByRole('button', { name: 'Next image' }).click();
    await expect.element(page.getByText('from the data: f')).toBeVisible();
    await expect.element(page.getByText('There is nothing to read yet.')).toBeVisible();
  });

  it('is no test image before those of the set were evaluated, whatever the address says', async () => {
    location.hash = '#inside?test=3';
    const made = {
      ...{
        split: 'test' as const,
        images: 10,
        loss: 1,
        accuracy: 0.5,
        confusion: confusionOf([], [], 1),
      },
      truths: Uint16Array.from(letters, (_, i) => i),
      ...{ predictions: new Uint16Array(10), confidences: new Float32Array(10) },
      ...{ runId: lenet.record.id, step: 10, datasetName: 'Another', datasetId: 'another' },
    };
    const asked: number[] = [];
    const { store } = await show(<InsideView />, {
      state: { run: lenet, dataset },
      commands: {
        datasetThumbnails: async (name) => imageOf(letters.indexOf(name)),
        testImages: async ([index = 0]) => {
          asked.push(index);
          return imageOf(index);
        },
        inspect: async (picture) => readAs(picture),
        filters: async (layer) => filtersOf(layer),
      },
    });
    const heldBack = page.getByText(/are shown once Evaluate has read them/);
    const ofSet = page.getByText('from the data: e');
    await expect.element(ofSet).toBeVisible();
    await expect.element(heldBack).toBeVisible();
    store.setState({ evaluation: { status: 'done', evaluation: made } });
    await expect.element(ofSet).toBeVisible();
    expect(page.getByRole('link', { name: 'Back to the mistakes' }).elements()).toHaveLength(0);
    expect(asked).toEqual([]);
    const evaluation = { ...made, datasetId: summary.id };
    store.setState({ evaluation: { status: 'done', evaluation } });
    await expect.element(page.getByText(/^test image 3: d$/)).toBeVisible();
    await expect.element(heldBack).not.toBeInTheDocument();
    expect(asked).toEqual([3]);
  });
});

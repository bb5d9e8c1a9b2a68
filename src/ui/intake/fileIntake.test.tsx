import { notifications } from '@mantine/notifications';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { page, server } from 'vitest/browser';
import { uploadsOf } from '../../app/uploads.ts';
import type { Language } from '../i18n/i18n.ts';
import { Notices } from '../notices/Notices.tsx';
import { DatasetPanel } from '../panels/dataset/DatasetPanel.tsx';
import { DrawPanel } from '../panels/draw/DrawPanel.tsx';
import { WeightsPanel } from '../panels/weights/WeightsPanel.tsx';
import { Hand } from '../testing/hand.ts';
import { type Shown, show } from '../testing/show.tsx';

const named = (name: string, type = '') => new File(['content'], name, { type });
const region = (name: string) => page.getByRole('region', { name, exact: true });
const element = (name: string) => region(name).element();
const within = (name: string, selector: string) =>
  element(name).querySelector(selector) ?? expect.fail(`${name} has no ${selector}`);
const names = (files: readonly File[]) => files.map(({ name }) => name);

async function picture(name = 'image.png'): Promise<File> {
  const canvas = new OffscreenCanvas(40, 40);
  canvas.getContext('2d')?.fillRect(10, 10, 20, 20);
  return new File([await canvas.convertToBlob()], name, { type: 'image/png' });
}

function transferOf(files: readonly File[], text?: string): DataTransfer {
  const transfer = new DataTransfer();
  for (const file of files) transfer.items.add(file);
  if (text !== undefined) transfer.setData('text/plain', text);
  return transfer;
}

/** Whether the page took it from the browser. */
function paste(place: Element, files: readonly File[], text?: string): boolean {
  const clipboardData = transferOf(files, text);
  const options = { bubbles: true, cancelable: true, clipboardData };
  return !place.dispatchEvent(new ClipboardEvent('paste', options));
}

/** The same of what is let go, and whether it was what the browser was told before. */
function drop(place: Element, files: readonly File[], text?: string): boolean {
  const dataTransfer = transferOf(files, text);
  const options = { bubbles: true, cancelable: true, dataTransfer };
  const [isTaken = false, ...others] = (['dragenter', 'dragover', 'drop'] as const).map(
    (type) => !place.dispatchEvent(new DragEvent(type, options)),
  );
  expect(others).toEqual([isTaken, isTaken]);
  return isTaken;
}

const commands = {
  importDataset: vi.fn((_: readonly File[]) => Promise.resolve(summary)),
  importWeights: vi.fn((..._: File[]) => new Promise<never>(() => undefined)),
  importDrawings: vi.fn((_: File) => Promise.resolve({ added: [], known: 2 })),
};
const summary = {
  ...{ id: 'pets', name: 'pets', classNames: ['cat', 'dog'] },
  ...{ shape: { height: 28, width: 28, channels: 1 }, trainClassCounts: [10, 10] },
  ...{ trainCount: 18, validationCount: 2, testCount: 0 },
};
afterEach(() => {
  vi.clearAllMocks();
  notifications.clean();
});

async function showPage(language: Language = 'en'): Promise<Shown> {
  const shown = await show(
    <>
      <Notices />
      <DatasetPanel />
      <DrawPanel />
      <WeightsPanel />
      <p>Beside the panels.</p>
    </>,
    { state: { dataset: { status: 'ready', summary } }, commands, language },
  );
  await expect.element(page.getByText('Beside the panels.')).toBeVisible();
  return shown;
}
const beside = () => page.getByText('Beside the panels.').element();

describe('where one types', () => {
  beforeEach(async () => {
    await showPage();
    await page.getByRole('button', { name: 'Name classes' }).click();
    await expect.element(page.getByLabelText('Names of the classes')).toBeVisible();
  });
  const field = () => page.getByLabelText('Names of the classes').element();

  it('text is pasted, whatever picture lies beside it on the clipboard', async () => {
    expect(paste(field(), [await picture()], 'cat\ndog')).toBe(false);
    expect(paste(field(), [], 'cat\ndog')).toBe(false);
    expect(commands.importDataset).not.toHaveBeenCalled();
    expect(page.getByText('Picture: image.png').query()).toBeNull();
  });

  it('text is dropped likewise', async () => {
    expect(drop(field(), [], 'cat\ndog')).toBe(false);
    expect(drop(field(), [await picture()], 'cat\ndog')).toBe(false);
    expect(commands.importDataset).not.toHaveBeenCalled();
  });

  it('a file without a text is taken, since nothing could be pasted', async () => {
    expect(paste(field(), [named('rows.csv')])).toBe(true);
    await expect.poll(() => commands.importDataset.mock.calls.length).toBe(1);
  });

  it('in every panel', async () => {
    for (const name of ['Dataset', 'Draw', 'Weights']) {
      // As a panel may have one some day.
      const input = document.createElement('input');
      within(name, 'button').after(input);
      expect(paste(input, [await picture()], '7'), name).toBe(false);
      input.remove();
    }
    expect(commands.importDataset).not.toHaveBeenCalled();
    expect(commands.importWeights).not.toHaveBeenCalled();
    expect(page.getByText('Picture: image.png').query()).toBeNull();
  });
});

describe('a place for files', () => {
  beforeEach(async () => void (await showPage()));

  it('takes what is dropped and pasted on it, as many as it has use for', async () => {
    expect(drop(within('Dataset', '.wb-figures'), [named('x.npy'), named('y.npy')])).toBe(true);
    await expect.poll(() => commands.importDataset.mock.calls.length).toBe(1);
    expect(names(commands.importDataset.mock.calls[0]?.[0] ?? [])).toEqual(['x.npy', 'y.npy']);

    expect(paste(within('Weights', 'button'), [named('a.zip')])).toBe(true);
    await expect.poll(() => commands.importWeights.mock.calls.length).toBe(1);
    paste(within('Weights', 'button'), [named('model.json'), named('weights.bin')]);
    await expect.poll(() => commands.importWeights.mock.calls.length).toBe(2);
    expect(names(commands.importWeights.mock.calls[1] ?? [])).toEqual([
      'model.json',
      'weights.bin',
    ]);

    expect(drop(within('Draw', 'canvas'), [await picture('seven.png')])).toBe(true);
    await expect.element(page.getByText('Picture: seven.png')).toBeVisible();
  });

  it('within another is asked first, if it takes that kind', async () => {
    const group = page.getByRole('group', { name: 'Your test set' }).element();
    expect(drop(group, [named('drawings-3.json', 'application/json')])).toBe(true);
    await expect.element(page.getByText('Drawings added: 0. There already: 2.')).toBeVisible();
    expect(drop(group, [await picture('eight.png')])).toBe(true);
    await expect.element(page.getByText('Picture: eight.png')).toBeVisible();
    expect(commands.importDrawings).toHaveBeenCalledTimes(1);
  });

  it('shows that it would take what is held over it, until that is gone', async () => {
    const options = (dataTransfer: DataTransfer) => ({ bubbles: true, dataTransfer });
    const over = (place: Element, files: readonly File[], text?: string) =>
      place.dispatchEvent(new DragEvent('dragover', options(transferOf(files, text))));
    const marked = () => document.querySelectorAll('[data-over="true"]').length;
    over(within('Dataset', '.wb-figures'), [named('x.npy')]);
    await expect.poll(marked).toBe(1);
    over(beside(), [named('x.npy')]);
    await expect.poll(marked).toBe(0);
    over(within('Draw', 'canvas'), [await picture()]);
    await expect.poll(marked).toBe(1);
    document.body.dispatchEvent(new DragEvent('dragleave', { bubbles: true }));
    await expect.poll(marked).toBe(0);
    over(within('Draw', 'canvas'), [], 'a text');
    await new Promise(requestAnimationFrame);
    expect(marked()).toBe(0);
  });

  it('has what comes at a bad time refused in words, where its button cannot be pressed', async () => {
    const shown = await show(<DatasetPanel />, { state: { phase: 'training' }, commands });
    await expect
      .poll(() => shown.host.querySelectorAll('button:disabled').length)
      .toBeGreaterThan(0);
    const [button] = shown.host.querySelectorAll('button:disabled');
    drop(button ?? expect.fail('no button is disabled'), [named('x.npy')]);
    await expect.poll(() => commands.importDataset.mock.calls.length).toBe(1);
  });
});

describe('what is dropped or pasted anywhere else', () => {
  beforeEach(async () => void (await showPage()));

  it('goes where its kind is taken', async () => {
    expect(drop(beside(), [named('net.safetensors')])).toBe(true);
    await expect.poll(() => commands.importWeights.mock.calls.length).toBe(1);
    expect(paste(document.body, [named('rows.csv')])).toBe(true);
    await expect.poll(() => commands.importDataset.mock.calls.length).toBe(1);
    expect(drop(document.body, [await picture('a.png'), await picture('b.png')])).toBe(true);
    await expect.poll(() => commands.importDataset.mock.calls.length).toBe(2);
    expect(drop(beside(), [named('drawings-3.json')])).toBe(true);
    await expect.poll(() => commands.importDrawings.mock.calls.length).toBe(1);
    expect(paste(document.body, [await picture()])).toBe(true);
    await expect.element(page.getByText('Picture: image.png')).toBeVisible();
  });

  it('is told where such files are taken, if nobody takes it', async () => {
    expect(drop(beside(), [named('letter.pdf')])).toBe(true);
    await expect.element(page.getByText(/^Nothing on this page takes letter[.]pdf/)).toBeVisible();
  });

  it('never leads away from the page, from the desktop either', async () => {
    const before = location.href;
    await new Hand(beside()).drop(`${server.config.root}/LICENSE`);
    await expect.element(page.getByText(/^Nothing on this page takes LICENSE/)).toBeVisible();
    expect(location.href).toBe(before);
  });

  it('and comes from the page itself, is left to the browser', () => {
    const options = { bubbles: true, cancelable: true };
    document.body.dispatchEvent(new DragEvent('dragstart', options));
    expect(drop(beside(), [], 'a selection')).toBe(false);
  });
});

describe.each([
  {
    ...{ language: 'en' as Language, draw: 'Draw', weights: 'Weights' },
    none: /^There is no file in that/,
    several: /^2 files came at once [(]a[.]png, b[.]png[)], and this place takes one[.]/,
    weightsAre: /^2 files came at once [(]a[.]onnx, b[.]onnx[)], and weights are one file/,
    folder: /^docs is a folder, and this place takes one file[.]/,
  },
  {
    ...{ language: 'zh-Hant' as Language, draw: '手寫辨識', weights: '權重' },
    none: /^其中沒有檔案/,
    several: /^一次來了 2 個檔案（a[.]png, b[.]png），這裡只接受一個。/,
    weightsAre: /^一次來了 2 個檔案（a[.]onnx, b[.]onnx），而權重只接受一個模型/,
    folder: /^docs 是資料夾/,
  },
])('a refusal is told, in $language', ({ language, none, ...words }) => {
  let shown: Shown;
  beforeEach(async () => {
    shown = await showPage(language);
  });
  const said = (sentence: RegExp) => expect.element(page.getByText(sentence)).toBeVisible();

  it('where nothing was on the clipboard', async () => {
    expect(paste(document.body, [])).toBe(true);
    await said(none);
    expect(shown.store.getState().notices.map(({ code }) => code)).toEqual(['files.none']);
  });

  it('where it was a text or a link', async () => {
    expect(drop(within(words.weights, 'button'), [], 'https://example.org')).toBe(true);
    await said(none);
  });

  it('where several are dropped on what takes one', async () => {
    drop(within(words.draw, 'canvas'), [await picture('a.png'), await picture('b.png')]);
    await said(words.several);
    expect(page.getByText(/a[.]png$/).query()).toBeNull();
  });

  it('where two models are', async () => {
    drop(within(words.weights, 'button'), [named('a.onnx'), named('b.onnx')]);
    await said(words.weightsAre);
    expect(commands.importWeights).not.toHaveBeenCalled();
  });

  it('where a folder is, from the desktop', async () => {
    await new Hand(within(words.draw, 'canvas')).drop(`${server.config.root}/docs`);
    await said(words.folder);
  });
});

describe('a folder of the desktop', () => {
  it('brings its files, each with its path, and those of its folders', async () => {
    await showPage();
    await new Hand(within('Dataset', '.wb-figures')).drop(`${server.config.root}/src/ui/intake`);
    await expect.poll(() => commands.importDataset.mock.calls.length).toBe(1);
    const uploads = uploadsOf(commands.importDataset.mock.calls[0]?.[0] ?? []);
    expect(uploads.map(({ name }) => name)).toContain('intake/held.ts');

    await new Hand(within('Dataset', '.wb-figures')).drop(`${server.config.root}/src/ui/i18n`);
    await expect.poll(() => commands.importDataset.mock.calls.length).toBe(2);
  });
});

import { notifications } from '@mantine/notifications';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { WorkbenchState } from '../../app/state.ts';
import type { Workbench } from '../../app/workbench.ts';
import { atRest } from '../../domain/ablation/ablationQueue.ts';
import type { KeptDataset } from '../../domain/data/keptDataset.ts';
import { seedRecipe } from '../../domain/recipe/recipe.ts';
import { DELETION_UNDO_MS } from '../../domain/runs/deletion.ts';
import type { RunSummary } from '../../domain/runs/run.ts';
import { doneRow, someAblation } from '../../domain/testing/ablations.ts';
import { WorkbenchError } from '../../util/errors.ts';
import type { Language } from '../i18n/i18n.ts';
import { DatasetPanel } from '../panels/dataset/DatasetPanel.tsx';
import { DrawPanel } from '../panels/draw/DrawPanel.tsx';
import { RunsPanel } from '../panels/runs/RunsPanel.tsx';
import { show } from '../testing/show.tsx';
import { Notices } from './Notices.tsx';

const run = (id: string): RunSummary => ({
  ...{ id, name: `Run ${id}`, status: 'finished', createdAt: 1, updatedAt: 1, recipe: seedRecipe },
  ...{ datasetName: 'MNIST', engine: 'wasm', step: 10, steps: 10, storedBytes: 1000 },
});
const pets: KeptDataset = {
  ...{ id: 'pets', name: 'Pets', source: 'pets.zip', importedAt: 1, classNames: ['cat', 'dog'] },
  ...{ shape: { height: 28, width: 28, channels: 1 }, bytes: 1000, partHashes: [] },
  ...{ trainCount: 18, testCount: 2, unlabelledCount: 0 },
};
const drawing = (id: string, className: string) => ({
  ...{ id, className, createdAt: 1, thumbnail: new Uint8Array(28 * 28) },
});
const { rows, ...plan } = someAblation(['geometry']);
const ablation = atRest({ ...plan, rows: [doneRow('seed', 0.98), ...rows.slice(1)] }, 'ended');
const state: Partial<WorkbenchState> = {
  runs: [run('a'), run('b')],
  storage: { usedBytes: 2000, allowedBytes: 1e9, persistent: true },
  datasets: [pets],
  drawings: [drawing('one', '1'), drawing('two', '2')],
  ablation,
};

const done = () => Promise.resolve();
const commands = {
  deleteRun: vi.fn<Workbench['deleteRun']>(done),
  restoreRun: vi.fn<Workbench['restoreRun']>(done),
  deleteAllRuns: vi.fn<Workbench['deleteAllRuns']>(() => Promise.resolve(['a', 'b'])),
  restoreRuns: vi.fn<Workbench['restoreRuns']>(done),
  deleteDataset: vi.fn<Workbench['deleteDataset']>(done),
  restoreDataset: vi.fn<Workbench['restoreDataset']>(done),
  deleteDrawings: vi.fn<Workbench['deleteDrawings']>(done),
  restoreDrawings: vi.fn<Workbench['restoreDrawings']>(done),
  clearAblation: vi.fn<Workbench['clearAblation']>(),
  restoreAblation: vi.fn<Workbench['restoreAblation']>(done),
};
afterEach(() => {
  vi.clearAllMocks();
  notifications.clean();
});

async function showPage(language: Language = 'en') {
  const shown = await show(
    <>
      <Notices />
      <DatasetPanel />
      <DrawPanel />
      <RunsPanel />
    </>,
    { state, commands, language },
  );
  await expect.poll(() => shown.host.querySelectorAll('.wb-panel').length).toBe(3);
  return shown;
}
const button = (name: string) => page.getByRole('button', { name, exact: true });
const restore = () => button('Restore');

describe('what is deleted', () => {
  it.each([
    ['Delete Run a', 'Run a is deleted.', 'deleteRun', 'restoreRun', ['a']],
    ['Delete all', 'Deleted runs: 2.', 'deleteAllRuns', 'restoreRuns', [['a', 'b']]],
    ['Delete Pets', 'Pets is deleted.', 'deleteDataset', 'restoreDataset', ['pets']],
    ['Remove this 1', '1 drawing removed.', 'deleteDrawings', 'restoreDrawings', [['one']]],
    [
      ...(['Remove all drawings', '2 drawings removed.', 'deleteDrawings'] as const),
      ...(['restoreDrawings', [['one', 'two']]] as const),
    ],
    [
      ...(['Clear the rows', 'The rows of the ablation are cleared.', 'clearAblation'] as const),
      ...(['restoreAblation', [ablation]] as const),
    ],
  ] as const)(
    'by "%s" can be brought back in the same way',
    async (pressed, said, remove, back, given) => {
      await showPage();
      await button(pressed).click();
      await expect.element(page.getByText(said)).toBeVisible();
      await expect.element(page.getByText('This can be undone for 12 seconds.')).toBeVisible();
      expect(commands[remove]).toHaveBeenCalledOnce();
      expect(commands[back]).not.toHaveBeenCalled();
      await restore().click();
      expect(commands[back].mock.calls).toEqual([given]);
      await expect.poll(() => page.getByText(said).query()).toBeNull();
    },
  );

  it('is not said to be where that was refused', async () => {
    commands.deleteRun.mockRejectedValueOnce(new WorkbenchError('storage.inUse'));
    const { store } = await showPage();
    await button('Delete Run a').click();
    await expect.poll(() => store.getState().notices.length).toBe(1);
    expect(restore().query()).toBeNull();
  });

  it('is told in words where it comes back too late', async () => {
    commands.restoreRun.mockRejectedValueOnce(new WorkbenchError('deletion.final'));
    await showPage();
    await button('Delete Run a').click();
    await restore().click();
    await expect.element(page.getByText(/removed for good meanwhile/)).toBeVisible();
  });

  it('is said in Chinese too', async () => {
    await showPage('zh-Hant');
    await button('刪除 Pets').click();
    await expect.element(page.getByText('已刪除 Pets。')).toBeVisible();
    await expect.element(page.getByText('12 秒內可以復原。')).toBeVisible();
    await button('復原刪除').click();
    expect(commands.restoreDataset).toHaveBeenCalledExactlyOnceWith('pets');
  });

  it('is above all failures that are told at the time', async () => {
    const { store } = await showPage();
    for (let n = 1; n <= 6; n++) {
      const notice = { kind: 'error', message: `Trouble ${n}.`, id: n } as const;
      store.setState(({ notices }) => ({ notices: [...notices, notice] }));
    }
    await expect.element(button('Show 2 more messages')).toBeVisible();
    await button('Delete Run a').click();
    await expect.element(restore()).toBeVisible();
  });

  it('can be brought back no longer than is said, even where the mouse rests on the offer', async () => {
    await showPage();
    await button('Delete Run a').click();
    await userEvent.hover(restore());
    await new Promise((resolve) => setTimeout(resolve, DELETION_UNDO_MS - 2000));
    await expect.element(restore()).toBeVisible();
    await expect.poll(() => restore().query(), { timeout: 4000 }).toBeNull();
  });
});

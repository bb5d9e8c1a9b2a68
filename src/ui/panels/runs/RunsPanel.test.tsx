import { expect, it } from 'vitest';
import { page } from 'vitest/browser';
import type { RunSummary } from '../../../domain/runs/run.ts';
import type { KeptKind } from '../../../domain/runs/unreadable.ts';
import { runState } from '../../testing/runState.ts';
import { show } from '../../testing/show.tsx';
import { RunsPanel } from './RunsPanel.tsx';

it('does not say that there are no runs above those that cannot be read', async () => {
  const { store } = await show(<RunsPanel />);
  const unreadable = (kind: KeptKind) =>
    [{ kind, id: 'a', problem: { code: 'record.noNote' } }] as const;
  await expect.element(page.getByText('No runs yet')).toBeVisible();
  store.setState({ unreadable: unreadable('drawing') });
  await expect.element(page.getByText('Drawing a')).toBeVisible();
  await expect.element(page.getByText('No runs yet')).toBeVisible();
  store.setState({ unreadable: unreadable('run') });
  await expect.element(page.getByText('Run a', { exact: true })).toBeVisible();
  expect(page.getByText('No runs yet').query()).toBeNull();
});

it('shows of hundreds of runs no more at a time than a page can hold', async () => {
  const { recipe, engine, datasetName } = runState.record;
  const runs = Array.from(
    { length: 200 },
    (_, i): RunSummary => ({
      ...{ id: `${i}`, name: `run ${i}`, status: 'finished', createdAt: 1, updatedAt: 1000 - i },
      ...{ recipe, engine, datasetName, step: 1, steps: 1, storedBytes: 1 },
    }),
  );
  const { store, host } = await show(<RunsPanel />, { state: { runs } });
  const cards = () => host.querySelectorAll('article').length;
  await expect.poll(cards).toBe(6);
  await page.getByRole('button', { name: 'Show 50 more of 200 runs' }).click();
  await expect.poll(cards).toBe(56);
  const seventh = host.querySelectorAll('article')[6];
  await expect.poll(() => seventh?.contains(document.activeElement)).toBe(true);
  await expect.element(page.getByText('run 55')).toBeInTheDocument();
  store.setState({ runs: runs.slice(0, 60) });
  await page.getByRole('button', { name: 'Show all 60 runs' }).click();
  await expect.poll(cards).toBe(60);
  expect(page.getByRole('button', { name: /^Show / }).query()).toBeNull();
});

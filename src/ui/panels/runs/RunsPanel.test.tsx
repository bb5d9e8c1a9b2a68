import { expect, it } from 'vitest';
import { page } from 'vitest/browser';
import type { KeptKind } from '../../../domain/runs/unreadable.ts';
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

import { expect, it } from 'vitest';
import { page } from 'vitest/browser';
import type { DatasetAssumption } from '../../../domain/data/datasetAssumption.ts';
import { show } from '../../testing/show.tsx';
import { Assumptions } from './Assumptions.tsx';

/** As a set may have them that another version kept. */
const unknown = { kind: 'someday', file: 'a.csv' } as unknown as DatasetAssumption;

it('what only another version assumes is not shown as a key', async () => {
  await show(<Assumptions assumptions={[unknown, { kind: 'filePassedOver', file: 'b.txt' }]} />);
  await expect.element(page.getByText('b.txt')).toBeVisible();
  expect(page.getByRole('listitem').elements()).toHaveLength(1);
  expect(page.getByText('someday').query()).toBeNull();
});

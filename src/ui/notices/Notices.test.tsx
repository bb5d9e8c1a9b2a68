import { describe, expect, it } from 'vitest';
import { page } from 'vitest/browser';
import { withNotice } from '../../app/reduce.ts';
import { show } from '../testing/show.tsx';
import { Notices } from './Notices.tsx';

describe('notices', () => {
  it('say how many more there are than have room, and show them', async () => {
    const { store } = await show(<Notices />, {
      commands: {
        dismissNotice: (id) =>
          store.setState(({ notices }) => ({ notices: notices.filter((one) => one.id !== id) })),
      },
    });
    const said = (n: number) => page.getByText(`Trouble ${n}.`);
    for (let n = 1; n <= 8; n++) {
      store.setState((state) => withNotice(state, { kind: 'warning', message: `Trouble ${n}.` }));
    }
    await expect.element(page.getByRole('button', { name: 'Show 4 more messages' })).toBeVisible();
    await expect.element(said(8)).toBeVisible();
    await expect.poll(() => said(4).query()).toBeNull();

    await page.getByRole('button', { name: 'Show 4 more messages' }).click();
    for (let n = 1; n <= 8; n++) await expect.element(said(n)).toBeInTheDocument();
    await page.getByRole('button', { name: 'Show fewer messages' }).click();
    await expect.poll(() => said(4).query()).toBeNull();

    for (let n = 8; n > 4; n--) {
      await page.getByRole('button', { name: 'Dismiss this message' }).first().click();
      await expect.poll(() => said(n).query()).toBeNull();
    }
    await expect.poll(() => page.getByRole('button', { name: /more messages/ }).query()).toBeNull();
    await expect.element(said(1)).toBeVisible();
  });
});

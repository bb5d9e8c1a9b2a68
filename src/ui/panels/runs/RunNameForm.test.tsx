import { expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { show } from '../../testing/show.tsx';
import { RunNameForm } from './RunNameForm.tsx';

it('keeps the name that is typed when Escape ends the composing of a character', async () => {
  const onCancel = vi.fn();
  await show(<RunNameForm name="run" onSave={vi.fn()} onCancel={onCancel} />);
  const field = page.getByRole('textbox');
  await field.fill('我的第一');
  const options = { key: 'Escape', bubbles: true, isComposing: true };
  field.element().dispatchEvent(new KeyboardEvent('keydown', options));
  expect(onCancel).not.toHaveBeenCalled();
  await expect.element(field).toHaveValue('我的第一');
  await userEvent.keyboard('{Escape}');
  expect(onCancel).toHaveBeenCalledOnce();
});

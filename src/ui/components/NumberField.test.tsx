import { useState } from 'react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { recipeRanges } from '../../domain/recipe/recipe.ts';
import { RecipePanel } from '../panels/recipe/RecipePanel.tsx';
import { LearningRateNow } from '../panels/training/LearningRateNow.tsx';
import { TrainOn } from '../panels/training/TrainOn.tsx';
import { runState } from '../testing/runState.ts';
import { type Shown, show } from '../testing/show.tsx';
import { NumberField } from './NumberField.tsx';

const field = (name = 'Rate') => page.getByRole('spinbutton', { name, exact: true });
const trained = { ...runState, record: { ...runState.record, status: 'paused' as const } };

describe('the wheel', () => {
  it.each([
    ['of the recipe', 'Learning rate', <RecipePanel key="recipe" />],
    ['of the rate now', 'Learning rate', <LearningRateNow key="rate" />],
    ['of further steps', 'Number of further steps', <TrainOn key="on" disabled={false} />],
  ])('changes no number, not one %s that has the focus', async (_, name, ui) => {
    const { store } = await show(ui, { state: { phase: 'paused', run: trained } });
    const { recipe } = store.getState();
    await field(name).click();
    const before = (field(name).element() as HTMLInputElement).value;
    for (const y of [100, -100]) await userEvent.wheel(field(name), { delta: { y } });
    expect((field(name).element() as HTMLInputElement).value).toBe(before);
    expect(document.activeElement).toBe(field(name).element());
    expect(store.getState().recipe).toBe(recipe);
  });
});

const onCommit = vi.fn();
/** Changes the value of the field from elsewhere. */
let set: (value: number) => void;
function Host() {
  const [value, setValue] = useState(0.001);
  set = setValue;
  const commit = (typed: number) => {
    onCommit(typed);
    setValue(typed);
  };
  return (
    <NumberField
      label="Rate"
      description=""
      error="Not a rate."
      {...{ value, range: recipeRanges.learningRate, whole: false, step: 0.0001 }}
      disabled={false}
      onCommit={commit}
    />
  );
}

describe('a field for a number', () => {
  beforeEach(() => onCommit.mockClear());

  it('goes by arrow keys from one round number to the next', async () => {
    await show(<Host />);
    await field().click();
    await userEvent.keyboard('{ArrowUp}{ArrowUp}{ArrowDown}');
    expect(onCommit.mock.calls).toEqual([[0.0011], [0.0012], [0.0011]]);
    await field().fill('0.00035');
    await userEvent.keyboard('{ArrowDown}{PageUp}');
    await expect.element(field()).toHaveValue('0.0013');
  });

  it('commits what is typed as soon as it is one, and goes back behind it where it is left as none', async () => {
    await show(<Host />);
    await field().fill('0.5');
    expect(onCommit.mock.calls).toEqual([[0.5]]);
    await field().fill('0.5x');
    await expect.element(page.getByText('Not a rate.')).toBeVisible();
    await userEvent.keyboard('{Tab}');
    // The beginning of a number is none that anybody wanted.
    await expect.element(field()).toHaveValue('0.001');
    expect(onCommit.mock.calls).toEqual([[0.5], [0.001]]);
  });

  it('shows a value that became another meanwhile, whatever is typed', async () => {
    await show(<Host />);
    await field().fill('0.5x');
    set(0.02);
    await expect.element(field()).toHaveValue('0.02');
  });

  it('asks a phone for the keys of numbers', async () => {
    await show(<Host />);
    await expect.element(field()).toHaveAttribute('inputmode', 'decimal');
    await expect.element(field()).toHaveAttribute('aria-valuenow', '0.001');
  });
});

describe('what was typed and not sent', () => {
  const other = { ...trained, record: { ...trained.record, id: 'other' } };

  it('is no draft of the next run’s learning rate', async () => {
    const { store } = await show(<LearningRateNow />, { state: { phase: 'paused', run: trained } });
    await field('Learning rate').fill('0.5');
    store.setState({ run: other });
    await expect.element(field('Learning rate')).toHaveValue('0.001');
    await expect.element(page.getByRole('button', { name: 'Change' })).toBeDisabled();
  });

  it('is dropped when the change was refused, since it is not in force', async () => {
    const changeLearningRate = () => Promise.reject(new Error('refused'));
    const shown: Shown = await show(<LearningRateNow />, {
      state: { phase: 'paused', run: trained },
      commands: { changeLearningRate },
    });
    await field('Learning rate').fill('0.5');
    await page.getByRole('button', { name: 'Change' }).click();
    await expect.element(field('Learning rate')).toHaveValue('0.001');
    expect(shown.store.getState().notices).toHaveLength(1);
  });
});

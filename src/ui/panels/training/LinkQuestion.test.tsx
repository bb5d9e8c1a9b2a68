import { expect, it } from 'vitest';
import { page } from 'vitest/browser';
import { seedRecipe } from '../../../domain/recipe/recipe.ts';
import { show } from '../../testing/show.tsx';
import { LinkQuestion } from './LinkQuestion.tsx';

it('what a link asks for is seen without scrolling, however far down the panel is', async () => {
  const { store } = await show(
    <>
      <div style={{ height: '300vh' }} />
      <LinkQuestion />
      <div style={{ height: '100vh' }} />
    </>,
    { state: { recipe: { ...seedRecipe, width: 0.125 } } },
  );
  expect(page.getByText('A link asks').query()).toBeNull();
  store.setState({ linkAsks: true });
  await expect.element(page.getByRole('button', { name: 'Not now' })).toBeInViewport();
  await expect.element(page.getByText('AlexNet, width 1/8')).toBeInViewport();
});

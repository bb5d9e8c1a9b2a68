import { expect, it } from 'vitest';
import { page } from 'vitest/browser';
import { show } from '../../testing/show.tsx';
import { Reading } from './Reading.tsx';

it.each([
  ['en', '97.8%, 91.4%'],
  ['zh-Hant', '97.8%、91.4%'],
] as const)('the shares of a row stand apart as %s lists things', async (language, shares) => {
  const prepared = new Uint8Array(1);
  const four = { label: 0, probabilities: [0.978, 0.022], prepared };
  const two = { label: 1, probabilities: [0.086, 0.914], prepared };
  const size = { preparedWidth: 1, preparedHeight: 1 };
  const prediction = { ...four, ...size, blank: false, row: [four, two] };
  await show(
    <Reading
      {...{ prediction, names: ['4', '2'], hasModel: true, isDrawing: false }}
      pictureName={undefined}
    />,
    { language },
  );
  await expect.element(page.getByRole('status')).toHaveTextContent(shares);
});

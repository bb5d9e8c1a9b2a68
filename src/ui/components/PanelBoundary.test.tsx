import { useEffect } from 'react';
import { describe, expect, it } from 'vitest';
import { page } from 'vitest/browser';
import { show } from '../testing/show.tsx';
import { Panel } from './Panel.tsx';
import { PanelBoundary } from './PanelBoundary.tsx';

let isBroken = true;

/** Falls as long as it is broken: while it is rendered, or after. */
function Fragile({ when }: { readonly when: 'rendering' | 'shown' }) {
  if (isBroken && when === 'rendering') throw new RangeError('Invalid time value');
  useEffect(() => {
    if (isBroken) throw new DOMException('The source width is 0.');
  });
  return (
    <Panel region="draw" title="Draw">
      It stands.
    </Panel>
  );
}

const other = (
  <PanelBoundary region="runs">
    <Panel region="runs" title="Runs">
      The others stand.
    </Panel>
  </PanelBoundary>
);

describe.each(['rendering', 'shown'] as const)('a panel that falls while it is %s', (when) => {
  it('says so in its place, leaves the others, and can be shown again', async () => {
    isBroken = true;
    await show(
      <>
        <PanelBoundary region="draw">
          <Fragile when={when} />
        </PanelBoundary>
        {other}
      </>,
    );
    const fallen = page.getByRole('region', { name: 'Draw', exact: true });
    await expect.element(fallen).toHaveTextContent('This part of the page has failed.');
    await expect.element(page.getByText('The others stand.')).toBeVisible();

    // It falls again as long as it is broken.
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect.element(fallen).toHaveTextContent('This part of the page has failed.');

    isBroken = false;
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect.element(fallen).toHaveTextContent('It stands.');
  });
});

describe('what stands outside of panels', () => {
  it('says so where it stood, in the language of the page', async () => {
    isBroken = true;
    await show(
      <PanelBoundary>
        <Fragile when="rendering" />
      </PanelBoundary>,
      { language: 'zh-Hant' },
    );
    await expect.element(page.getByRole('alert')).toHaveTextContent('頁面的這個部分發生錯誤。');
    await expect.element(page.getByRole('button', { name: '再試一次' })).toBeVisible();
  });
});

import { afterEach, describe, expect, it } from 'vitest';
import { page } from 'vitest/browser';
import { variantFigures } from '../../../../domain/ablation/ablationFigures.ts';
import { type AblationQueue, withRow } from '../../../../domain/ablation/ablationQueue.ts';
import { doneRow, someAblation } from '../../../../domain/testing/ablations.ts';
import { show } from '../../../testing/show.tsx';
import { AblationTable } from './AblationTable.tsx';

/** Two recipes with figures of three seeds, and one that waits. */
function someRows(): AblationQueue {
  return (['seed', 'improved'] as const)
    .flatMap((variant) =>
      [1, 2, 3].map((seed) =>
        doneRow(variant, (variant === 'seed' ? 0.93 : 0.95) + seed / 1000, seed),
      ),
    )
    .reduce(withRow, someAblation(['elastic'], 3));
}

describe('the table of an ablation', () => {
  afterEach(() => page.viewport(1280, 800));

  const table = () => page.getByRole('table');
  async function showAt(width: number): Promise<HTMLElement> {
    await page.viewport(width, 844);
    const queue = someRows();
    await show(<AblationTable queue={queue} figures={variantFigures(queue)} />);
    await expect.element(table()).toBeVisible();
    return page.getByRole('region').element() as HTMLElement;
  }
  /** Of the cells, those that lie beyond the box that has them. */
  const cutIn = (box: HTMLElement) => {
    const { left, right } = box.getBoundingClientRect();
    return [...box.querySelectorAll('tbody th, tbody td')]
      .map((cell) => [cell.textContent, cell.getBoundingClientRect()] as const)
      .filter(([, at]) => at.left < left - 1 || at.right > right + 1)
      .map(([words]) => words);
  };

  it('stacks its figures on a phone, each with what it is', async () => {
    const box = await showAt(390);
    expect(cutIn(box)).toEqual([]);
    expect(box.scrollWidth).toBeLessThanOrEqual(box.clientWidth);
    const [first] = box.querySelectorAll<HTMLElement>('tbody td');
    expect(first && getComputedStyle(first, '::before').content).toMatch(/^"\S/);
    // What it is for a screen reader does not change with the screen.
    expect(page.getByRole('row').elements()).toHaveLength(4);
    expect(page.getByRole('columnheader').elements()).toHaveLength(6);
    expect(page.getByRole('rowheader').elements()).toHaveLength(3);
  });

  it('has its figures side by side where there is room', async () => {
    const box = await showAt(1280);
    expect(cutIn(box)).toEqual([]);
    const [one, other] = box.querySelectorAll('tbody td');
    expect(one?.getBoundingClientRect().top).toBe(other?.getBoundingClientRect().top);
  });
});

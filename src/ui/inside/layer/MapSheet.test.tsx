import { useState } from 'react';
import { describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { sheetOf } from '../../../domain/figure/sheet.ts';
import { show } from '../../testing/show.tsx';
import { addWords } from '../words.ts';
import { MapSheet } from './MapSheet.tsx';

const MAPS = 96;
/** Of the 64 by 64 pixels of a map, five in a row. */
const sheet = sheetOf(MAPS, 64, 64, { width: 330, height: 270 });

function Sheet({ first, onChoose }: { first: number; onChoose: (map: number) => void }) {
  addWords();
  const [chosen, setChosen] = useState(first);
  const choose = (map: number) => {
    onChoose(map);
    setChosen(map);
  };
  return (
    <MapSheet
      {...{ sheet, chosen }}
      label="Maps"
      count={MAPS}
      most={1}
      value={() => 0}
      strongest={[70]}
      onChoose={choose}
      onHover={() => undefined}
    />
  );
}

async function opened(first: number) {
  const chosen: number[] = [];
  await show(<Sheet first={first} onChoose={(map) => chosen.push(map)} />);
  const maps = page.getByRole('application', { name: 'Maps' });
  await expect.element(maps).toBeVisible();
  return { chosen, maps };
}

const button = (name: string) => page.getByRole('button', { name });

describe('more maps than have a place', () => {
  it('lie on pages, of which the one of the chosen map comes first', async () => {
    expect(sheet.shown).toBe(20);
    await opened(70);
    await expect.element(page.getByText('61 to 80 of 96')).toBeVisible();
    await button('The page after').click();
    await expect.element(page.getByText('81 to 96 of 96')).toBeVisible();
    await expect.element(button('The page after')).toBeDisabled();
    await button('The page before').click();
    await expect.element(page.getByText('61 to 80 of 96')).toBeVisible();
  });

  it('are all within reach of the keyboard', async () => {
    const { chosen, maps } = await opened(70);
    (maps.element() as HTMLElement).focus();
    for (const key of ['ArrowRight', 'ArrowDown', 'ArrowDown', 'End', 'Home']) {
      await userEvent.keyboard(`{${key}}`);
    }
    await vi.waitFor(() => expect(chosen).toEqual([71, 76, 81, 95, 0]));
    await expect.element(page.getByText('1 to 20 of 96')).toBeVisible();
  });

  it('are chosen by the pointer on each page', async () => {
    const { chosen, maps } = await opened(70);
    await button('The page before').click();
    await maps.click({ position: { x: 70, y: 5 } });
    await vi.waitFor(() => expect(chosen).toEqual([41]));
  });
});

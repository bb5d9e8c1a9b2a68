import { describe, expect, it } from 'vitest';
import { page } from 'vitest/browser';
import { buildArchitecture } from '../../../domain/architecture/architecture.ts';
import { describeNetwork } from '../../../domain/architecture/shapes.ts';
import type { Exciting } from '../../../domain/inside/exciting.ts';
import { at } from '../../../util/assert.ts';
import { deferred } from '../../../util/deferred.ts';
import { runState } from '../../testing/runState.ts';
import { show } from '../../testing/show.tsx';
import { addWords } from '../words.ts';
import { ExcitingPart } from './ExcitingPart.tsx';

const architecture = buildArchitecture({
  ...{ id: 'alexnet', width: 1 / 8, classes: 10, dropout: 0 },
  input: { height: 28, width: 28, channels: 1 },
});
const report = at(describeNetwork(architecture).layers, 0);
const { step } = runState;

function Part({ unit }: { unit: number }) {
  addWords();
  return <ExcitingPart {...{ architecture, report, unit }} />;
}

/** Of 12 filters the first answers in two images and three answer in none. */
const found: Exciting = {
  ...{ runId: runState.record.id, step, layer: 'conv1', units: 12, top: 2, images: 2000 },
  active: Uint32Array.of(2, 0, 9, 9, 0, 9, 9, 9, 9, 9, 9, 0),
  values: Float32Array.from({ length: 24 }, (_, i) => [2.5, 1.25][i] ?? 0),
  ...{ ys: new Uint16Array(24), xs: new Uint16Array(24) },
  imageOf: Uint16Array.from({ length: 24 }, (_, i) => (i === 1 ? 1 : 0)),
  shown: {
    ...{ indices: Uint32Array.of(40, 7), labels: Uint16Array.of(3, 8) },
    pixels: new Uint8Array(2 * 784).fill(9),
  },
};

describe('what excites a unit', () => {
  it('is looked for where it is asked for, and names the dead', async () => {
    const asked: string[] = [];
    const answer = deferred<Exciting>();
    const exciting = (layer: string) => {
      asked.push(layer);
      return answer.promise;
    };
    const { store } = await show(<Part unit={0} />, {
      ...{ state: { run: runState }, commands: { exciting } },
    });
    const button = page.getByRole('button', { name: 'Look through validation images' });
    await expect.element(button).toBeVisible();
    expect(asked).toEqual([]);
    await button.click();
    expect(asked).toEqual(['conv1']);
    answer.resolve(found);
    const list = page.getByRole('list', { name: 'What excites filter 0 most' });
    await expect.element(list.getByRole('img', { name: /image 40: 2.500$/ })).toBeVisible();
    expect(list.getByRole('img').elements()).toHaveLength(2);
    await expect.element(page.getByText(/^3 of 12 are dead, .*: 1, 4, 11$/)).toBeVisible();

    store.setState({ run: { ...runState, step: step + 1 } });
    await expect.element(button).toBeVisible();
    expect(list.elements()).toEqual([]);
  });

  it('is nothing of a unit that never answers', async () => {
    await show(<Part unit={4} />, {
      state: { run: runState },
      commands: { exciting: async () => found },
      language: 'zh-Hant',
    });
    await page.getByRole('button', { name: '查看驗證影像' }).click();
    await expect.element(page.getByText('沒有：對這些影像它從未大於 0。')).toBeVisible();
    await expect.element(page.getByText(/^12 個中有 3 個已死/)).toBeVisible();
  });
});

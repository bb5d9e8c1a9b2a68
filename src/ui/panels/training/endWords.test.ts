import i18next from 'i18next';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Ending } from '../../../app/effects/endNotification.ts';
import { seedRecipe } from '../../../domain/recipe/recipe.ts';
import { resources } from '../../i18n/resources.ts';
import { runState } from '../../testing/runState.ts';
import { endWords } from './endWords.ts';

const run = { ...runState, step: 40, training: [{ step: 40, loss: 0.1234, accuracy: 1 }] };
const spike = {
  ...{ id: 1, kind: 'error' as const, code: 'training.lossSpike' as const, message: '' },
  params: { step: 40, loss: '9.1', median: '0.3' },
};
const whole = { ...run, step: seedRecipe.steps };
const endings: [string, Ending, string, RegExp][] = [
  [
    'pause',
    { run, phase: 'paused', reason: spike },
    'Training is paused',
    /0\.123\. The loss rose/,
  ],
  [
    'pause',
    { run, phase: 'paused', reason: undefined },
    'Training is paused',
    /40 of 1500.*123\.$/,
  ],
  ['stop', { run, phase: 'idle', reason: undefined }, 'Training has stopped', /40 of 1500/],
  [
    'end',
    { run: whole, phase: 'idle', reason: spike },
    'Training has ended',
    /1500, loss 0\.123\.$/,
  ],
  ['fault', { run, phase: 'failed', reason: undefined }, 'Training has failed', /40 of 1500/],
];

describe('what is said of a training that nobody looked at', () => {
  beforeAll(() => i18next.init({ resources, interpolation: { escapeValue: false } }));

  it.each(endings)('tells a %s as what it is', async (_, ending, title, body) => {
    await i18next.changeLanguage('en');
    expect(endWords(ending).title).toBe(title);
    expect(endWords(ending).body).toMatch(body);
  });

  it('is said in Chinese too, without a space between sentences', async () => {
    await i18next.changeLanguage('zh-Hant');
    const { title, body } = endWords({ run, phase: 'paused', reason: spike });
    expect(title).toBe('訓練已暫停');
    expect(body).toMatch(/損失 0\.123。\S/);
    expect(body).not.toMatch(/[{}]/);
  });
});

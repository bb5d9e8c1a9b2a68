import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at } from '../util/assert.ts';
import { ablationVariants, frameOf } from './ablation.ts';
import { ablationCsv } from './ablationCsv.ts';
import {
  type AblationQueue,
  atRest,
  baselineOf,
  continued,
  gapOf,
  isTrained,
  newAblation,
  nextRow,
  readAblation,
  recipeOfRow,
  resultOf,
  runOfRow,
  withRow,
} from './ablationQueue.ts';
import { seedRecipe } from './recipe.ts';
import type { RunSummary } from './run.ts';

const frame = frameOf({ ...seedRecipe, steps: 500 });
const variants = ablationVariants(frame, ['geometry', 'schedule']);
const fresh = newAblation('an id', frame, variants);

const result = resultOf(
  { step: 500, trainingMs: 61_500 },
  { images: 5000, loss: 0.01, accuracy: 0.998 },
  { images: 5000, loss: 0.05, accuracy: 0.98 },
);
const doneRow = { variant: 'seed', status: 'done', result } as const;
const failedRow = {
  variant: 'geometry',
  status: 'failed',
  error: { code: 'training.notFinite', params: { step: 3 }, message: 'The loss became NaN.' },
} as const;

describe('the queue of an ablation', () => {
  it('works through its rows in their order', () => {
    expect(nextRow(fresh)?.variant).toBe('seed');
    const second = withRow(fresh, doneRow);
    expect(nextRow(second)?.variant).toBe('geometry');
    const third = withRow(second, failedRow);
    expect(nextRow(third)?.variant).toBe('schedule');
    expect(recipeOfRow(third, at(third.rows, 2))).toEqual(variants[2]?.recipe);
  });

  it('takes the row in progress up again after a rest', () => {
    const running = withRow(fresh, { variant: 'seed', status: 'running' });
    const left = atRest(running, 'paused');
    expect(left.status).toBe('paused');
    expect(left.rows.map(({ status }) => status)).not.toContain('running');
    expect(nextRow(left)?.variant).toBe('seed');
  });

  it('tries what failed once more when it is continued, and nothing that is done', () => {
    const ended = atRest(withRow(withRow(fresh, doneRow), failedRow), 'ended');
    const again = continued(ended);
    expect(again.status).toBe('running');
    expect(again.rows[0]).toEqual(doneRow);
    expect(nextRow(again)).toEqual({ variant: 'geometry', status: 'waiting' });
  });

  it('is the same after it was kept', () => {
    const status = fc.constantFrom('running', 'paused', 'ended');
    const removed = { step: 3, problem: { code: 'checkpoint.removed', params: {} } };
    const untold = { code: 'storage.interrupted', params: removed, message: 'Not completed.' };
    const row = fc.constantFrom(
      ...[doneRow, failedRow, { ...failedRow, error: untold }],
      ...[{ variant: 'schedule', status: 'waiting' }],
    );
    fc.assert(
      fc.property(status, fc.array(row, { minLength: 1, maxLength: 8 }), (status, rows) => {
        const queue = { ...fresh, status, rows } as AblationQueue;
        expect(readAblation(JSON.stringify(queue))).toEqual(queue);
      }),
    );
  });

  it('is not there where what was kept is something else', () => {
    expect(readAblation(null)).toBeUndefined();
    expect(readAblation('{"id":')).toBeUndefined();
    expect(readAblation(JSON.stringify({ ...fresh, rows: [] }))).toBeUndefined();
    const unknown = { ...fresh, rows: [{ variant: 'magic', status: 'waiting' }] };
    expect(readAblation(JSON.stringify(unknown))).toBeUndefined();
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(readAblation(text)).toBeUndefined();
      }),
    );
  });

  it('finds the newest run of a row by its mark', () => {
    const run = (id: string, createdAt: number, variant = 'seed', experiment = 'an id') =>
      ({ id, createdAt, experiment: { id: experiment, variant } }) as RunSummary;
    const runs = [
      run('old', 1),
      run('new', 2),
      run('other row', 3, 'geometry'),
      run('other ablation', 4, 'seed', 'another'),
    ];
    expect(runOfRow(runs, fresh, at(fresh.rows, 0))?.id).toBe('new');
    expect(runOfRow(runs, fresh, at(fresh.rows, 2))).toBeUndefined();
  });

  it('takes a run for trained that made its last step', () => {
    const recipe = { ...seedRecipe, steps: 500 };
    expect(isTrained({ status: 'stopped', step: 499, recipe })).toBe(false);
    expect(isTrained({ status: 'stopped', step: 500, recipe })).toBe(true);
    expect(isTrained({ status: 'finished', step: 400, recipe })).toBe(true);
  });

  it('measures the gap between training and validation accuracy', () => {
    expect(gapOf(result)).toBeCloseTo(0.018, 10);
    expect(baselineOf(fresh)).toBeUndefined();
    expect(baselineOf(withRow(fresh, doneRow))).toEqual(result);
  });
});

describe('its CSV', () => {
  it('has a line a row, with nothing in the place of what is not there', () => {
    const endless = resultOf(
      { step: 500, trainingMs: 1000 },
      { images: 5000, loss: Number.POSITIVE_INFINITY, accuracy: 0.25 },
      { images: 5000, loss: 2, accuracy: 0.5 },
    );
    const rows = [
      doneRow,
      failedRow,
      { ...doneRow, variant: 'schedule' as const, result: endless },
    ];
    const lines = ablationCsv({ ...fresh, rows }).split('\n');
    expect(lines).toEqual([
      'variant,status,steps,validation_accuracy,validation_loss,validation_images,training_accuracy,training_loss,training_images,accuracy_gap,seconds',
      expect.stringMatching(/^seed,done,500,0\.98,0\.05,5000,0\.998,0\.01,5000,0\.018\d*,61\.5$/),
      'geometry,failed,,,,,,,,,',
      'schedule,done,500,0.5,2,5000,0.25,,5000,-0.25,1',
      '',
    ]);
  });
});

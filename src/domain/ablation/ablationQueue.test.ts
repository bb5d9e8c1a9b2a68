import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at } from '../../util/assert.ts';
import { seedRecipe } from '../recipe/recipe.ts';
import type { RunSummary } from '../runs/run.ts';
import { doneRow, failedRow, readingOf, someAblation, someFrame } from '../testing/ablations.ts';
import { ablationVariants } from './ablation.ts';
import { ablationCsv } from './ablationCsv.ts';
import {
  type AblationQueue,
  atRest,
  continued,
  isTrained,
  measuredImages,
  nextRow,
  readAblation,
  recipeOfRow,
  retried,
  runOfRow,
  withRow,
} from './ablationQueue.ts';
import { resultOf } from './ablationRow.ts';

const fresh = someAblation(['geometry', 'schedule']);
const variants = ablationVariants(someFrame, ['geometry', 'schedule']);
const seedDone = doneRow('seed', 0.98);
const failed = failedRow('geometry');

describe('the queue of an ablation', () => {
  it('works through its rows in their order', () => {
    expect(nextRow(fresh)?.variant).toBe('seed');
    const second = withRow(fresh, seedDone);
    expect(nextRow(second)?.variant).toBe('geometry');
    const third = withRow(second, failed);
    expect(nextRow(third)?.variant).toBe('schedule');
    expect(recipeOfRow(third, at(third.rows, 2))).toEqual(variants[2]?.recipe);
  });

  it('trains all recipes from one seed before it goes on to the next', () => {
    const { rows } = someAblation(['geometry'], 2);
    expect(rows.map(({ variant, seed }) => `${variant} ${seed}`)).toEqual([
      ...['seed 1', 'geometry 1', 'improved 1', 'seed 2', 'geometry 2', 'improved 2'],
    ]);
    const last = recipeOfRow(someAblation(['geometry'], 2), at(rows, 5));
    expect(last).toEqual({ ...variants.at(-1)?.recipe, seed: 2 });
  });

  it('takes the row in progress up again after a rest', () => {
    const running = withRow(fresh, { variant: 'seed', seed: 1, status: 'running' });
    const left = atRest(running, 'paused');
    expect(left.status).toBe('paused');
    expect(left.rows.map(({ status }) => status)).not.toContain('running');
    expect(nextRow(left)?.variant).toBe('seed');
  });

  it('leaves what failed as it is until it is asked to try again, and never repeats what is done', () => {
    const ended = atRest(withRow(withRow(fresh, seedDone), failed), 'ended');
    expect(continued(ended).status).toBe('running');
    expect(nextRow(continued(ended))?.variant).toBe('schedule');
    expect(continued(ended).rows[1]).toEqual(failed);
    const again = retried(ended);
    expect(again.rows[0]).toEqual(seedDone);
    expect(nextRow(again)).toEqual({ variant: 'geometry', seed: 1, status: 'waiting' });
  });

  it('is the same after it was kept', () => {
    const status = fc.constantFrom('running', 'paused', 'ended');
    const removed = { step: 3, problem: { code: 'checkpoint.removed', params: {} } };
    const untold = { code: 'storage.interrupted', params: removed, message: 'Not completed.' };
    const row = fc.constantFrom(
      ...[seedDone, failed, { ...failed, error: untold }, doneRow('geometry', 0.9, 4_294_967_295)],
      ...[{ variant: 'schedule', seed: 1, status: 'waiting' }],
    );
    fc.assert(
      fc.property(status, fc.array(row, { minLength: 1, maxLength: 8 }), (status, rows) => {
        const queue = { ...fresh, status, rows } as AblationQueue;
        expect(readAblation(JSON.stringify(queue))).toEqual(queue);
      }),
    );
  });

  it('is told from nothing, and from what this version cannot read', () => {
    expect(readAblation(null)).toBe('none');
    const { conditions: _, ...untold } = fresh;
    const before = {
      ...untold,
      rows: fresh.rows.map(({ variant, status }) => ({ variant, status })),
    };
    for (const kept of [before, untold, { ...fresh, rows: [] }, { ...fresh, rows: [{}] }, [], 3]) {
      expect(readAblation(JSON.stringify(kept))).toBe('unreadable');
    }
    expect(readAblation('{"id":')).toBe('unreadable');
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(readAblation(text)).toBe('unreadable');
      }),
    );
  });

  it('finds the newest run of a row by its mark and its seed', () => {
    const run = (id: string, createdAt: number, variant = 'seed', experiment = 'an id', seed = 1) =>
      ({ id, createdAt, experiment: { id: experiment, variant }, recipe: { seed } }) as RunSummary;
    const runs = [
      run('old', 1),
      run('new', 2),
      run('other row', 3, 'geometry'),
      run('other ablation', 4, 'seed', 'another'),
      run('other seed', 5, 'seed', 'an id', 2),
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

  it('is measured on the first of the images held back', () => {
    expect(measuredImages(fresh)).toBe(5000);
    const few = { ...fresh, conditions: { ...fresh.conditions, heldBack: 300 } };
    expect(measuredImages(few)).toBe(300);
  });
});

describe('what a row keeps of its run', () => {
  it('is how many validation images it and the seed recipe read right', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.boolean(), fc.boolean()), { minLength: 1 }), (images) => {
        const run = { step: 1, trainingMs: 1 };
        const reading = (side: 0 | 1) => ({
          ...readingOf(images.filter((image) => image[side]).length / images.length, images.length),
          predictions: Uint16Array.from(images, (image) => (image[side] ? 0 : 1)),
        });
        const base = resultOf({ variant: 'seed' }, run, reading(0), reading(0));
        const other = resultOf({ variant: 'elastic' }, run, reading(1), reading(1), base);
        expect(other.bothRight).toBe(images.filter(([a, b]) => a && b).length);
        expect(other.right).toBeUndefined();
        expect(base.bothRight).toBeUndefined();
      }),
    );
  });
});

describe('its CSV', () => {
  it('has a line a run with its conditions, and nothing in the place of what is not there', () => {
    const run = { step: 500, trainingMs: 1000 };
    const endless = resultOf(
      ...([{ variant: 'schedule' }, run] as const),
      { images: 5000, loss: Number.POSITIVE_INFINITY, accuracy: 0.25 },
      readingOf(0.5, 5000, 2),
    );
    const rows = [
      ...[seedDone, failed],
      { variant: 'schedule' as const, seed: 1, status: 'done' as const, result: endless },
    ];
    const lines = ablationCsv({ ...fresh, rows }).split('\n');
    expect(lines).toEqual([
      'variant,seed,status,steps,validation_accuracy,validation_loss,validation_images,training_accuracy,training_loss,training_images,accuracy_gap,seconds,epochs,trained_on,held_back,engine,dataset,dataset_id',
      expect.stringMatching(
        /^seed,1,done,100,0\.98,0\.1,5000,1,0\.01,5000,0\.02\d*,9,1,5000,55000,/,
      ),
      'geometry,1,failed,,,,,,,,,,1,5000,55000,wasm,MNIST,the images',
      'schedule,1,done,500,0.5,2,5000,0.25,,5000,-0.25,1,1,5000,55000,wasm,MNIST,the images',
      '',
    ]);
  });

  it('has no formula of a data set’s name', () => {
    const dataset = { id: 'a', name: '=1+"2",3' };
    const csv = ablationCsv({ ...fresh, conditions: { ...fresh.conditions, dataset } });
    expect(csv.split('\n')[1]).toMatch(/,"'=1\+""2"",3",a$/);
  });
});

import { describe, expect, it } from 'vitest';
import { WorkbenchError } from '../../util/errors.ts';
import { expectBothLanguages } from '../../util/testing/bothLanguages.ts';
import { gpuAnswers } from './gpuAnswers.ts';

/** No real device can be made to be silent: this one answers what it is asked, or never. */
function device(answers: () => Promise<GPUError | null>) {
  let open = 0;
  let asked = 0;
  return {
    pushErrorScope() {
      open++;
      return undefined;
    },
    popErrorScope() {
      open--;
      asked++;
      return answers();
    },
    get open() {
      return open;
    },
    get asked() {
      return asked;
    },
  };
}

const never = new Promise<never>(() => undefined);
const later = <T>(ms: number, value: T) =>
  new Promise<T>((resolve) => setTimeout(() => resolve(value), ms));
const patience = { askMs: 20, mostUnanswered: 5, mostMs: 10_000 };

describe('an answer of the GPU', () => {
  it('is waited for as long as the GPU answers something', async () => {
    const alive = device(async () => null);
    expect(await gpuAnswers(alive, later(500, 7), patience)).toBe(7);
    expect(alive.asked).toBeGreaterThan(5);
    expect(alive.open).toBe(0);
  });

  it('is waited for while a lost device refuses to say anything', async () => {
    const lost = device(() => Promise.reject(new Error('lost')));
    expect(await gpuAnswers(lost, later(300, 7), patience)).toBe(7);
  });

  it('is given up in words where the GPU is silent, and nothing is asked any more', async () => {
    const silent = device(() => never);
    const outcome = await gpuAnswers(silent, never, patience).catch((error: unknown) => error);
    expect(outcome).toBeInstanceOf(WorkbenchError);
    if (outcome instanceof WorkbenchError) expectBothLanguages(outcome, '0');
    const { asked } = silent;
    await later(100, 0);
    expect([asked, silent.asked]).toEqual([5, 5]);
  });

  it('is given up too where it alone does not come', async () => {
    const alive = device(async () => null);
    const outcome = gpuAnswers(alive, never, { ...patience, mostMs: 300 });
    await expect(outcome).rejects.toMatchObject({ code: 'wait.tooLong' });
  });

  it('gives its refusal on', async () => {
    const alive = device(async () => null);
    const refused = gpuAnswers(alive, Promise.reject(new Error('no')), patience);
    await expect(refused).rejects.toThrow('no');
  });
});

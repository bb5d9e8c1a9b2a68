import { describe, expect, it } from 'vitest';
import { eachInjects } from '../util/testing/faults.ts';
import { LossWatch } from './lossWatch.ts';

eachInjects(25, 'a loss that jumps, or seems to');

const points = (...losses: number[]) =>
  losses.map((loss, i) => ({ step: i + 1, loss, accuracy: 0 }));

/** A watch that has seen these losses without a word. */
function watchThat(losses: readonly number[], batchSize = 100): LossWatch {
  const watch = new LossWatch(10, batchSize);
  expect(watch.spikeIn(points(...losses))).toBeUndefined();
  return watch;
}

const calm = Array.from({ length: 40 }, (_, i) => 0.4 + 0.01 * (i % 7));

describe('a loss over ten times the median that is worse than guessing', () => {
  it('is noticed', () => {
    const spike = watchThat(calm).spikeIn(points(0.5, 16, 17));
    expect(spike?.step).toBe(2);
    expect(spike?.loss).toBeCloseTo(8.25, 6);
    expect(spike?.median).toBeCloseTo(0.43, 2);
  });

  it('is noticed right after a pause, by what was usual before it', () => {
    const watch = new LossWatch(10, 100, { before: points(...calm) });
    expect(watch.spikeIn(points(9, 9))).toBeDefined();
  });

  it('is noticed however small the batches are', () => {
    for (const batchSize of [1, 2, 4, 16]) {
      const watch = watchThat([...calm, ...calm, ...calm], batchSize);
      const spike = watch.spikeIn(points(...Array.from({ length: 100 }, (_, i) => 2 ** (i / 3))));
      expect(spike, `batches of ${batchSize}`).toBeDefined();
    }
  });

  it('is noticed where training goes off before anything is usual', () => {
    const spike = new LossWatch(10, 100).spikeIn(
      points(...Array.from({ length: 30 }, (_, i) => 2.3 + i * i)),
    );
    expect(spike).toBeDefined();
  });
});

describe('a loss that stays far above guessing from the beginning', () => {
  /** As Adam at a rate of 0.3 leaves AlexNet, and LeNet-5. */
  const ruined = (i: number) => (i < 2 ? 2.4 : 1e6 * 0.7 ** i + 8);

  it('is noticed within the first steps, though it falls', () => {
    for (const batchSize of [1, 20, 100]) {
      const spike = new LossWatch(10, batchSize).spikeIn(
        points(...Array.from({ length: 100 }, (_, i) => ruined(i))),
      );
      expect(spike?.step, `batches of ${batchSize}`).toBeLessThanOrEqual(40);
    }
  });

  it('is none where the first weights were large, and it falls', () => {
    watchThat(Array.from({ length: 200 }, (_, i) => 5000 * 0.97 ** i + 2));
  });

  it('is none for whoever has seen it and goes on, until it has been low again', () => {
    const watch = new LossWatch(10, 100, { isTold: true });
    const later = (losses: readonly number[]) =>
      losses.map((loss, i) => ({ step: 500 + i, loss, accuracy: 0 }));
    const rising = later(calm.map((_, i) => 40 * 2 ** i));
    expect(watch.spikeIn(rising)).toBeUndefined();
    const low = later(Array.from({ length: 120 }, () => 0.4));
    expect(watch.spikeIn(low)).toBeUndefined();
    expect(watch.spikeIn(rising)).toBeDefined();
  });
});

describe('no alarm is raised', () => {
  it('by a hard batch while the loss is near zero', () => {
    watchThat([...calm.map((loss) => loss / 1000), 0.8, 2.2]);
  });

  it('by a high loss where high losses are usual, or at the beginning of a run', () => {
    watchThat([2.4, 2.3, 30, 2.3]);
    watchThat([...calm.map((loss) => loss + 2), 20]);
  });

  it('by single images that are far off, in batches of few', () => {
    // Nine in ten are read with ease, and every tenth is as odd as a healthy network finds some.
    const oneAtATime = Array.from({ length: 5000 }, (_, i) => (i % 10 === 9 ? 7 : 0.02));
    for (const batchSize of [1, 2, 4]) watchThat(oneAtATime, batchSize);
  });
});

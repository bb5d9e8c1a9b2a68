import { expect, it } from 'vitest';
import { eachInjects } from '../util/testing/faults.ts';
import { LossWatch } from './lossWatch.ts';

eachInjects(25, 'a loss that jumps, or seems to');

const points = (...losses: number[]) =>
  losses.map((loss, i) => ({ step: i + 1, loss, accuracy: 0 }));

function watchThat(losses: readonly number[]): LossWatch {
  const watch = new LossWatch(10);
  expect(watch.spikeIn(points(...losses))).toBeUndefined();
  return watch;
}

const calm = Array.from({ length: 40 }, (_, i) => 0.4 + 0.01 * (i % 7));

it('notices a loss over ten times the median that is worse than guessing', () => {
  const spike = watchThat(calm).spikeIn(points(0.5, 6, 7));
  expect(spike?.point).toMatchObject({ step: 2, loss: 6 });
  expect(spike?.median).toBeCloseTo(0.43, 2);
});

it('lets a hard batch pass while the loss is near zero', () => {
  watchThat([...calm.map((loss) => loss / 1000), 0.8, 2.2]);
});

it('lets a high loss pass where high losses are usual, and at the beginning of a run', () => {
  watchThat([2.4, 2.3, 30, 2.3]);
  watchThat([...calm.map((loss) => loss + 2), 20]);
});

it('goes on after a spike as if it had not been', () => {
  const watch = watchThat(calm);
  expect(watch.spikeIn(points(9))).toBeDefined();
  expect(watch.spikeIn(points(0.4, 0.5))).toBeUndefined();
  expect(watch.spikeIn(points(9))).toBeDefined();
});

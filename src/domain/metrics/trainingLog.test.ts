import { describe, expect, it } from 'vitest';
import { logLine, logLines } from './trainingLog.ts';

describe("the tutorial's log", () => {
  it('has its words', () => {
    expect(logLine({ step: 10, loss: 0.123456, accuracy: 0.95 })).toBe(
      'Iter 10, Minibatch Loss= 0.123456, Training Accuracy= 0.95000',
    );
  });

  it('has a line of every interval, the last ones where there are many', () => {
    const points = Array.from({ length: 100 }, (_, i) => ({ step: i + 1, loss: 1, accuracy: 0 }));
    const stepsOf = (lines: readonly string[]) =>
      lines.map((line) => Number.parseInt(line.slice(5), 10));
    expect(stepsOf(logLines(points, 25, 500))).toEqual([25, 50, 75, 100]);
    expect(stepsOf(logLines(points, 10, 3))).toEqual([80, 90, 100]);
    expect(logLines(points.slice(0, 9), 10, 3)).toEqual([]);
  });
});

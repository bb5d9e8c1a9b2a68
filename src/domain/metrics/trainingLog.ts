import type { Points } from './curve.ts';
import type { TrainingPoint } from './metrics.ts';

/** A line of the tutorial's log. */
export function logLine({ step, loss, accuracy }: TrainingPoint): string {
  return `Iter ${step}, Minibatch Loss= ${loss.toFixed(6)}, Training Accuracy= ${accuracy.toFixed(5)}`;
}

/** The last lines of the log of a run: of every step that `interval` divides, at most so many. */
export function logLines(points: Points<TrainingPoint>, interval: number, most: number): string[] {
  const lines: string[] = [];
  for (let i = points.length - 1; i >= 0 && lines.length < most; i--) {
    const point = points.at(i);
    if (point && point.step % interval === 0) lines.push(logLine(point));
  }
  return lines.reverse();
}

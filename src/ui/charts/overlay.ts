import { thin } from '../../domain/metrics/thin.ts';
import type { RunLook } from './runColors.ts';

export interface OverlayPoint {
  readonly x: number;
  readonly y: number;
}

/** One curve among several. */
export interface OverlaySeries {
  readonly key: string;
  /** The run that it is of. */
  readonly runId: string;
  readonly name: string;
  readonly look: RunLook;
  /** `bold` has dots where it has few points. */
  readonly weight: 'bold' | 'thin';
  /** In the order of x. */
  readonly points: readonly OverlayPoint[];
}

/** What is drawn at one x: a number under the key of each curve that has a point there. */
export type OverlayRow = Readonly<Record<string, number>> & { readonly x: number };

const MOST_POINTS = 200;

/** Without what is no number, and with no more points than pixels tell apart. */
export function drawable(series: readonly OverlaySeries[]): OverlaySeries[] {
  return series.map((curve) => ({
    ...curve,
    points: thin(
      curve.points.filter(({ x, y }) => Number.isFinite(x) && Number.isFinite(y)),
      MOST_POINTS,
      ({ y }) => y,
    ),
  }));
}

/** All points of all curves in the order of x. */
export function overlayRows(series: readonly OverlaySeries[]): OverlayRow[] {
  const rows = new Map<number, Record<string, number> & { x: number }>();
  for (const { key, points } of series) {
    for (const { x, y } of points) {
      const row: Record<string, number> & { x: number } = rows.get(x) ?? { x };
      row[key] = y;
      rows.set(x, row);
    }
  }
  return [...rows.values()].sort((a, b) => a.x - b.x);
}

/** The newest point of a curve up to here. */
export function pointUpTo({ points }: OverlaySeries, x: number): OverlayPoint | undefined {
  return points.findLast((point) => point.x <= x);
}

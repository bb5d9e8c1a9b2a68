import { columnOf, firstAfter, type Points } from '../../domain/metrics/curve.ts';
import type { TrainingPoint } from '../../domain/metrics/metrics.ts';
import { movingAverage } from '../../domain/metrics/movingAverage.ts';
import { thinPlaces } from '../../domain/metrics/thin.ts';

/** Which of the two figures of a point a curve shows. */
export type Metric = 'loss' | 'accuracy';

/** What is drawn at one step. Curves without a point there are undefined, and drawn across it. */
export interface CurveRow {
  readonly step: number;
  readonly raw: number | undefined;
  readonly smoothed: number | undefined;
  readonly validation: number | undefined;
  /** The newest validation up to here. */
  readonly validated: { readonly step: number; readonly value: number } | undefined;
}

export interface CurveOptions {
  readonly metric: Metric;
  /** 0 (none) to 1. */
  readonly smoothing: number;
  /** The steps of the whole run, which are the width of the chart. */
  readonly steps: number;
}

/** More points than this are closer than pixels. */
const MOST_POINTS = 300;
/** Smoothing looks alike in short and long runs: it counts in thousandths of the run. */
const SMOOTHING_UNITS = 1000;

/** Both curves as rows in the order of steps: smoothed first, thinned after. */
export function curveRows(
  training: Points<TrainingPoint>,
  validation: Points<TrainingPoint>,
  { metric, smoothing, steps }: CurveOptions,
): CurveRow[] {
  const [at, values] = [columnOf(training, 'step'), columnOf(training, metric)];
  const smoothed = movingAverage(at, values, smoothing, Math.max(1, steps / SMOOTHING_UNITS));
  const heights = columnOf(validation, metric);
  const validations = thinPlaces(
    heights.length,
    MOST_POINTS,
    (place) => heights[place] ?? Number.NaN,
  ).flatMap((place) => validation.at(place) ?? []);
  const shown = new Set(
    thinPlaces(values.length, MOST_POINTS, (place) => finite(values[place]) ?? Number.NaN),
  );
  for (const { step } of validations) {
    const place = firstAfter(training, step) - 1;
    if (at[place] === step) shown.add(place);
  }
  const rows = [...shown].map((place) => ({
    step: at[place] ?? Number.NaN,
    raw: finite(values[place]),
    smoothed: finite(smoothed[place]),
  }));
  return merged(rows, validations, metric);
}

type TrainingRow = Pick<CurveRow, 'step' | 'raw' | 'smoothed'>;

function merged(
  training: readonly TrainingRow[],
  validations: readonly TrainingPoint[],
  metric: Metric,
): CurveRow[] {
  const rows = new Map<number, Omit<CurveRow, 'validated'>>();
  for (const row of training) rows.set(row.step, { ...row, validation: undefined });
  for (const point of validations) {
    const { step } = point;
    const row = rows.get(step) ?? { step, raw: undefined, smoothed: undefined };
    rows.set(step, { ...row, validation: finite(point[metric]) });
  }
  let validated: CurveRow['validated'];
  return [...rows.values()]
    .sort((a, b) => a.step - b.step)
    .map((row) => {
      if (row.validation !== undefined) validated = { step: row.step, value: row.validation };
      return { ...row, validated };
    });
}

function finite(value: number | undefined): number | undefined {
  return Number.isFinite(value) ? value : undefined;
}

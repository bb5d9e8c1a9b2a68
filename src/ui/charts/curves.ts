import { columnOf, firstAfter, type Points, pointsSince } from '../../domain/metrics/curve.ts';
import type { TrainingPoint } from '../../domain/metrics/metrics.ts';
import { MovingAverage } from '../../domain/metrics/movingAverage.ts';
import { Thinning } from '../../domain/metrics/thin.ts';

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
  options: CurveOptions,
): CurveRow[] {
  return new GrowingRows(options).of(training, validation);
}

/** The same of curves that grow: what was taken in once is not read again. */
export class GrowingRows {
  private readonly training: ThinnedCurve;
  private readonly validation: ThinnedCurve;

  constructor(private readonly options: CurveOptions) {
    const { smoothing, steps, metric } = options;
    const unit = Math.max(1, steps / SMOOTHING_UNITS);
    this.training = new ThinnedCurve(metric, () => new MovingAverage(smoothing, unit));
    this.validation = new ThinnedCurve(metric, () => new MovingAverage(0));
  }

  of(training: Points<TrainingPoint>, validation: Points<TrainingPoint>): CurveRow[] {
    this.training.follow(training);
    this.validation.follow(validation);
    const shown = new Set(this.training.places());
    const validations = this.validation.places().flatMap((place) => validation.at(place) ?? []);
    for (const { step } of validations) {
      const place = firstAfter(training, step) - 1;
      if (training.at(place)?.step === step) shown.add(place);
    }
    const rows = [...shown].flatMap((place): TrainingRow[] => {
      const point = place < 0 ? undefined : training.at(place);
      if (!point) return [];
      const smoothed = finite(this.training.smoothedAt(place));
      return [{ step: point.step, raw: finite(point[this.options.metric]), smoothed }];
    });
    return merged(rows, validations, this.options.metric);
  }
}

/** One figure of a curve: which of its points are drawn, and what each is smoothed. */
class ThinnedCurve {
  private seen: Points<TrainingPoint> | undefined;
  private count = 0;
  private smoothed = new Float64Array(MOST_POINTS);
  private average: MovingAverage;
  private thinning = new Thinning(MOST_POINTS);

  constructor(
    private readonly metric: Metric,
    private readonly makeAverage: () => MovingAverage,
  ) {
    this.average = makeAverage();
  }

  follow(points: Points<TrainingPoint>): void {
    let added = pointsSince(points, this.seen);
    if (!added) {
      added = points;
      this.count = 0;
      this.average = this.makeAverage();
      this.thinning = new Thinning(MOST_POINTS);
    }
    this.seen = points;
    this.makeRoom(points.length);
    const [steps, values] = [columnOf(added, 'step'), columnOf(added, this.metric)];
    const { smoothed, average, thinning, count } = this;
    for (let i = 0; i < values.length; i++) {
      const value = values[i] ?? Number.NaN;
      smoothed[count + i] = average.add(steps[i] ?? Number.NaN, value);
      // Infinite ones are as little drawn.
      thinning.add(Number.isFinite(value) ? value : Number.NaN);
    }
    this.count += values.length;
  }

  private makeRoom(length: number): void {
    if (length <= this.smoothed.length) return;
    const { smoothed, count } = this;
    this.smoothed = new Float64Array(Math.ceil(1.25 * length));
    this.smoothed.set(smoothed.subarray(0, count));
  }

  places(): number[] {
    return this.thinning.places();
  }

  smoothedAt(place: number): number | undefined {
    return this.smoothed[place];
  }
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

import { noAugmentation } from '../../../../domain/augment/strengths.ts';
import { columnOf, type Points } from '../../../../domain/metrics/curve.ts';
import { type GapPoint, gapPoints } from '../../../../domain/metrics/gap.ts';
import type { TrainingPoint } from '../../../../domain/metrics/metrics.ts';
import { movingAverage } from '../../../../domain/metrics/movingAverage.ts';
import { thinPlaces } from '../../../../domain/metrics/thin.ts';
import type { Hyperparameter } from '../../../../domain/recipe/recipeDifference.ts';
import type { RunRecord } from '../../../../domain/runs/run.ts';
import type { Metric } from '../../../charts/curves.ts';
import type { OverlayPoint, OverlaySeries } from '../../../charts/overlay.ts';
import { type RunLook, runLook } from '../../../charts/runColors.ts';

/** What the horizontal axis counts. */
export type Pace = 'step' | 'time';
/** Which of a run's two curves are drawn. */
export type Split = 'validation' | 'training' | 'both';

/** Two curves of each of more runs than this are a thicket. */
const MOST_WITH_BOTH = 4;

/** What is drawn until somebody chooses. */
export function usualSplit(runs: number): Split {
  return runs > MOST_WITH_BOTH ? 'validation' : 'both';
}

export interface ComparedRun {
  readonly record: RunRecord;
  readonly look: RunLook;
  readonly gaps: readonly GapPoint[];
}

/** @param placeOf keeps a run's colour where it is while others come and go. */
export function comparedRuns(
  records: readonly RunRecord[],
  placeOf: (id: string) => number,
): ComparedRun[] {
  return records.map((record) => ({
    record,
    look: runLook(placeOf(record.id)),
    gaps: gapPoints(record.history, record.recipe),
  }));
}

/** Steps, or the seconds of training that a run had spent by then, if all its steps took alike long. */
export function xOf({ step, trainingMs }: RunRecord, pace: Pace): (at: number) => number {
  const secondsPerStep = step === 0 ? 0 : trainingMs / 1000 / step;
  return pace === 'step' ? (at) => at : (at) => at * secondsPerStep;
}

const SMOOTHING = 0.9;
const SMOOTHING_UNITS = 1000;

/** Curves of one figure. `nameOf` says which curve of which run it is. */
export function metricSeries(
  runs: readonly ComparedRun[],
  { metric, pace, split }: { metric: Metric; pace: Pace; split: Split },
  nameOf: (run: ComparedRun, part: 'training' | 'validation') => string,
): OverlaySeries[] {
  return runs.flatMap((run): OverlaySeries[] => {
    const { record, look } = run;
    const { training, validation } = record.history;
    const x = xOf(record, pace);
    const curve = (part: 'training' | 'validation', points: readonly OverlayPoint[]) => ({
      key: `${part}-${record.id}`,
      runId: record.id,
      name: nameOf(run, part),
      look,
      weight: part === 'training' && split === 'both' ? ('thin' as const) : ('bold' as const),
      points,
    });
    const heights = () => smoothed(training, metric, record);
    return [
      ...(split === 'validation' ? [] : [curve('training', drawn(training, heights(), x))]),
      ...(split === 'training'
        ? []
        : [curve('validation', drawn(validation, columnOf(validation, metric), x))]),
    ];
  });
}

/** As many points as are drawn of one curve, or more. */
const MOST_POINTS = 300;

/** The points that are drawn: no object is made for any other. */
function drawn(
  points: Points<TrainingPoint>,
  heights: ArrayLike<number>,
  x: (at: number) => number,
): OverlayPoint[] {
  const heightAt = (place: number) => heights[place] ?? Number.NaN;
  const finiteAt = (place: number) =>
    Number.isFinite(heightAt(place)) ? heightAt(place) : Number.NaN;
  return thinPlaces(points.length, MOST_POINTS, finiteAt).map((place) => ({
    x: x(points.at(place)?.step ?? Number.NaN),
    y: heightAt(place),
  }));
}

const smoothed = (points: Points<TrainingPoint>, metric: Metric, { recipe }: RunRecord) =>
  movingAverage(
    columnOf(points, 'step'),
    columnOf(points, metric),
    SMOOTHING,
    Math.max(1, recipe.steps / SMOOTHING_UNITS),
  );

/** The generalisation gap of each run: training minus validation. */
export function gapSeries(
  runs: readonly ComparedRun[],
  { metric, pace }: { metric: Metric; pace: Pace },
  nameOf: (run: ComparedRun) => string,
): OverlaySeries[] {
  return runs.map((run) => ({
    key: `gap-${run.record.id}`,
    runId: run.record.id,
    name: nameOf(run),
    look: run.look,
    weight: 'bold',
    points: run.gaps.map(({ step, gap }) => ({ x: xOf(run.record, pace)(step), y: gap[metric] })),
  }));
}

export function valuesOf(series: readonly OverlaySeries[], from = 0): number[] {
  return pointsOf(series)
    .filter(({ x, y }) => x >= from && Number.isFinite(y))
    .map(({ y }) => y);
}

/** Where the longest curve ends. */
export function furthest(series: readonly OverlaySeries[]): number {
  return pointsOf(series).reduce((far, { x }) => Math.max(far, x), 0);
}

function pointsOf(series: readonly OverlaySeries[]): OverlayPoint[] {
  return series.flatMap(({ points }) => points);
}

/** What a legend names: a hyperparameter, or all augmentation where much of it differs. */
export type LegendKey = Hyperparameter | 'augmentation';

const MOST_STRENGTHS = 2;

export function legendKeys(differing: readonly Hyperparameter[]): LegendKey[] {
  const isStrength = (key: Hyperparameter) => Object.hasOwn(noAugmentation, key);
  if (differing.filter(isStrength).length <= MOST_STRENGTHS) return [...differing];
  return [...differing.filter((key) => !isStrength(key)), 'augmentation'];
}

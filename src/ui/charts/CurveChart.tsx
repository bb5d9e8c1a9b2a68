import { memo, useCallback, useMemo } from 'react';
import { LineChart, Tooltip, type TooltipContentProps } from 'recharts';
import { type Axis, LOG_FLOOR } from './axis.ts';
import { CHART_MARGIN, ChartFrame, cursorLook } from './ChartFrame.tsx';
import { CurveDots } from './CurveDots.tsx';
import { CurveLine } from './CurveLine.tsx';
import { CurveTooltip, type CurveWords } from './CurveTooltip.tsx';
import classes from './charts.module.css';
import type { CurveRow } from './curves.ts';
import { seriesKeys, seriesLooks, type VisibleSeries } from './series.ts';

/** Dots help the eye only while there are few. */
const MOST_DOTS = 50;

interface CurveChartProps {
  /** The accessible name. */
  readonly title: string;
  readonly rows: readonly CurveRow[];
  readonly visible: VisibleSeries;
  readonly xAxis: Axis;
  readonly yAxis: Axis;
  readonly logarithmic: boolean;
  readonly words: CurveWords;
  readonly formatStep: (step: number) => string;
  /** For the axis. */
  readonly formatTick: (value: number) => string;
  readonly formatValue: (value: number) => string;
}

/** A figure of a run against its steps. New points move the lines; the chart itself stays. */
export const CurveChart = memo(function CurveChart(props: CurveChartProps) {
  const { title, rows, visible, xAxis, yAxis, logarithmic, words } = props;
  const { formatStep, formatTick, formatValue } = props;
  // Recharts compares by identity: what has not changed must be the same object.
  const data = useMemo(
    () => (logarithmic ? rows.map(raisedToFloor) : [...rows]),
    [rows, logarithmic],
  );
  const tooltip = useCallback(
    ({ active, payload }: TooltipContentProps) => (
      <CurveTooltip
        row={active ? rowOf(payload[0]?.payload) : undefined}
        visible={visible}
        words={words}
        formatStep={formatStep}
        formatValue={formatValue}
      />
    ),
    [visible, words, formatStep, formatValue],
  );

  return (
    <LineChart
      data={data}
      responsive
      className={classes.chart ?? ''}
      margin={CHART_MARGIN}
      title={title}
    >
      <ChartFrame
        xKey="step"
        xLabel={words.step}
        xAxis={xAxis}
        yAxis={yAxis}
        logarithmic={logarithmic}
        formatX={formatStep}
        formatY={formatTick}
      />
      <Tooltip isAnimationActive={false} cursor={cursorLook} content={tooltip} />
      {seriesKeys
        .filter((key) => visible[key])
        .map((key) => (
          <CurveLine key={key} series={key} />
        ))}
      {seriesKeys
        .filter((key) => visible[key] && seriesLooks[key].dots)
        .map((key) => {
          const marked = data.filter((row) => row[key] !== undefined);
          return marked.length <= MOST_DOTS && <CurveDots key={key} series={key} rows={marked} />;
        })}
    </LineChart>
  );
});

/** A logarithmic axis has no place for zero. */
function raisedToFloor(row: CurveRow): CurveRow {
  const raised = (value: number | undefined) =>
    value === undefined ? undefined : Math.max(value, LOG_FLOOR);
  const { raw, smoothed, validation } = row;
  return {
    ...row,
    ...{ raw: raised(raw), smoothed: raised(smoothed), validation: raised(validation) },
  };
}

/** Recharts hands back the row that it was given, without its type. */
function rowOf(payload: unknown): CurveRow | undefined {
  return payload as CurveRow | undefined;
}

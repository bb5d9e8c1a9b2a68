import { memo, useCallback, useMemo } from 'react';
import { Line, LineChart, ReferenceLine, Tooltip, type TooltipContentProps } from 'recharts';
import { type Axis, LOG_FLOOR } from './axis.ts';
import { CHART_MARGIN, ChartFrame, cursorLook } from './ChartFrame.tsx';
import classes from './charts.module.css';
import { OverlayTooltip } from './OverlayTooltip.tsx';
import { drawable, type OverlayRow, type OverlaySeries, overlayRows } from './overlay.ts';

/** Dots help the eye only while there are few. */
const MOST_DOTS = 30;

interface OverlayChartProps {
  /** The accessible name. */
  readonly title: string;
  readonly series: readonly OverlaySeries[];
  readonly xLabel: string;
  readonly xAxis: Axis;
  readonly yAxis: Axis;
  readonly logarithmic?: boolean;
  /** Draws a line at 0. */
  readonly marksZero?: boolean;
  /** The run whose curves stand out: all others fade. */
  readonly emphasized: string | undefined;
  readonly formatX: (x: number) => string;
  /** For the axis. */
  readonly formatTick: (value: number) => string;
  readonly formatValue: (value: number) => string;
}

/** The curves of several runs over each other. */
export const OverlayChart = memo(function OverlayChart(props: OverlayChartProps) {
  const { title, series, xLabel, xAxis, yAxis, logarithmic, marksZero, emphasized } = props;
  const { formatX, formatTick, formatValue } = props;
  const drawn = useMemo(() => drawable(series), [series]);
  const data = useMemo(
    () => overlayRows(logarithmic ? drawn.map(raisedToFloor) : drawn),
    [drawn, logarithmic],
  );
  const told = useMemo(
    () => drawn.filter(({ runId }) => emphasized === undefined || emphasized === runId),
    [drawn, emphasized],
  );
  const tooltip = useCallback(
    ({ active, payload }: TooltipContentProps) => (
      <OverlayTooltip
        x={active ? xOf(payload[0]?.payload) : undefined}
        {...{ series: told, xLabel, formatX, formatValue }}
      />
    ),
    [told, xLabel, formatX, formatValue],
  );
  const isFaded = (runId: string) => emphasized !== undefined && emphasized !== runId;
  return (
    <LineChart
      data={data}
      responsive
      className={classes.overlay ?? ''}
      margin={CHART_MARGIN}
      title={title}
    >
      <ChartFrame
        xKey="x"
        xLabel={xLabel}
        xAxis={xAxis}
        yAxis={yAxis}
        logarithmic={logarithmic ?? false}
        formatX={formatX}
        formatY={formatTick}
      />
      <Tooltip
        isAnimationActive={false}
        cursor={cursorLook}
        wrapperStyle={tooltipPlace}
        content={tooltip}
      />
      {marksZero && <ReferenceLine y={0} stroke="var(--mantine-color-dimmed)" />}
      {drawn.map(({ key, runId, look, weight, points }) => (
        <Line
          key={key}
          name={key}
          dataKey={key}
          type="linear"
          connectNulls
          isAnimationActive={false}
          stroke={look.color}
          strokeWidth={weight === 'bold' ? 2.2 : 1.2}
          strokeOpacity={opacityOf(weight, isFaded(runId))}
          {...(look.dashes === undefined ? {} : { strokeDasharray: look.dashes })}
          dot={
            weight === 'bold' && points.length <= MOST_DOTS && dotLook(look.color, isFaded(runId))
          }
          activeDot={{ r: 3, fill: look.color, stroke: 'var(--wb-surface)' }}
        />
      ))}
    </LineChart>
  );
});

/** Above the table under the chart, into which a long one hangs. */
const tooltipPlace = { zIndex: 5 };

/** Still seen, but behind what stands out. */
const FADED = 0.15;

function opacityOf(weight: OverlaySeries['weight'], isFaded: boolean): number {
  if (isFaded) return FADED;
  return weight === 'bold' ? 1 : 0.75;
}

function dotLook(color: string, isFaded: boolean) {
  return {
    ...{ r: 2.4, fill: 'var(--wb-surface)', stroke: color, strokeWidth: 1.4, strokeDasharray: '' },
    opacity: isFaded ? FADED : 1,
  };
}

/** A logarithmic axis has no place for zero. */
function raisedToFloor(series: OverlaySeries): OverlaySeries {
  const points = series.points.map(({ x, y }) => ({ x, y: Math.max(y, LOG_FLOOR) }));
  return { ...series, points };
}

/** Recharts hands back the row that it was given, without its type. */
function xOf(payload: unknown): number | undefined {
  return (payload as OverlayRow | undefined)?.x;
}

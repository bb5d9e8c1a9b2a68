import { memo, useCallback, useMemo } from 'react';
import {
  CartesianGrid,
  Line,
  LineChart,
  ReferenceLine,
  Tooltip,
  type TooltipContentProps,
  XAxis,
  YAxis,
} from 'recharts';
import { type Axis, LOG_FLOOR } from './axis.ts';
import classes from './charts.module.css';
import { OverlayTooltip } from './OverlayTooltip.tsx';
import { drawable, type OverlayRow, type OverlaySeries, overlayRows } from './overlay.ts';

const MARGIN = { top: 8, right: 20, bottom: 0, left: 0 };
const Y_AXIS_WIDTH = 52;
const X_AXIS_HEIGHT = 36;
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
  const label = useMemo(
    () => ({ value: xLabel, position: 'insideBottom' as const, offset: 2, ...tickLook }),
    [xLabel],
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
      margin={MARGIN}
      title={title}
    >
      <CartesianGrid stroke="var(--wb-line)" vertical={false} />
      <XAxis
        dataKey="x"
        type="number"
        domain={xAxis.domain}
        ticks={xAxis.ticks}
        interval={0}
        height={X_AXIS_HEIGHT}
        stroke="var(--mantine-color-dimmed)"
        tick={tickLook}
        tickFormatter={formatX}
        label={label}
      />
      <YAxis
        type="number"
        scale={logarithmic ? 'log' : 'linear'}
        domain={yAxis.domain}
        ticks={yAxis.ticks}
        interval={0}
        allowDataOverflow
        width={Y_AXIS_WIDTH}
        axisLine={false}
        tickLine={false}
        tick={tickLook}
        tickFormatter={formatTick}
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

const tickLook = { fill: 'var(--mantine-color-dimmed)', fontSize: 11 };
/** Above the table under the chart, into which a long one hangs. */
const tooltipPlace = { zIndex: 5 };
const cursorLook = { stroke: 'var(--mantine-color-dimmed)', strokeWidth: 1 };

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

import { useMemo } from 'react';
import { CartesianGrid, XAxis, YAxis } from 'recharts';
import type { Axis } from './axis.ts';

/** What every chart has around its curves. */

export const CHART_MARGIN = { top: 8, right: 20, bottom: 0, left: 0 };
const X_AXIS_HEIGHT = 36;
const Y_AXIS_WIDTH = 52;

export const tickLook = { fill: 'var(--mantine-color-dimmed)', fontSize: 11 };
export const cursorLook = { stroke: 'var(--mantine-color-dimmed)', strokeWidth: 1 };

interface ChartFrameProps {
  /** The property of a row that the horizontal axis shows, and its words. */
  readonly xKey: string;
  readonly xLabel: string;
  readonly xAxis: Axis;
  readonly yAxis: Axis;
  readonly logarithmic: boolean;
  readonly formatX: (x: number) => string;
  readonly formatY: (y: number) => string;
}

/** The grid and both axes. */
export function ChartFrame(props: ChartFrameProps) {
  const { xKey, xLabel, xAxis, yAxis, logarithmic, formatX, formatY } = props;
  // Recharts compares by identity: what has not changed must be the same object.
  const label = useMemo(
    () => ({ value: xLabel, position: 'insideBottom' as const, offset: 2, ...tickLook }),
    [xLabel],
  );
  return (
    <>
      <CartesianGrid stroke="var(--wb-line)" vertical={false} />
      <XAxis
        dataKey={xKey}
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
        tickFormatter={formatY}
      />
    </>
  );
}

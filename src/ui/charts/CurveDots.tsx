import { memo } from 'react';
import { DefaultZIndexes, usePlotArea, useXAxisScale, useYAxisScale, ZIndexLayer } from 'recharts';
import type { CurveRow } from './curves.ts';
import { type SeriesKey, seriesLooks } from './series.ts';

const RADIUS = 3;

interface CurveDotsProps {
  readonly series: SeriesKey;
  /** The rows that have a point of this curve. */
  readonly rows: readonly CurveRow[];
}

/** Marks the points of a curve that has few. Recharts' own dots cost time at every row of a chart. */
export const CurveDots = memo(function CurveDots({ series, rows }: CurveDotsProps) {
  const xOf = useXAxisScale();
  const yOf = useYAxisScale();
  const plot = usePlotArea();
  if (!xOf || !yOf || !plot) return null;
  const isInside = (y: number) => y >= plot.y - 1 && y <= plot.y + plot.height + 1;
  return (
    <ZIndexLayer zIndex={DefaultZIndexes.scatter}>
      {rows.map((row) => {
        const x = xOf(row.step);
        const y = yOf(row[series]);
        if (x === undefined || y === undefined || !isInside(y)) return null;
        return (
          <circle
            key={row.step}
            cx={x}
            cy={y}
            r={RADIUS}
            fill="var(--wb-surface)"
            stroke={seriesLooks[series].color}
            strokeWidth={1.5}
          />
        );
      })}
    </ZIndexLayer>
  );
});

import { memo } from 'react';
import { Line } from 'recharts';
import { type SeriesKey, seriesLooks } from './series.ts';

/** One curve of a chart. */
export const CurveLine = memo(function CurveLine({ series }: { readonly series: SeriesKey }) {
  const { color, width, opacity, dashes } = seriesLooks[series];
  return (
    <Line
      name={series}
      dataKey={series}
      type="linear"
      connectNulls
      isAnimationActive={false}
      stroke={color}
      strokeWidth={width}
      strokeOpacity={opacity}
      {...(dashes === undefined ? {} : { strokeDasharray: dashes })}
      dot={false}
      activeDot={{ r: 3.5, fill: color, stroke: 'var(--wb-surface)' }}
    />
  );
});

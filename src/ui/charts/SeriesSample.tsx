import { type SeriesKey, seriesLooks } from './series.ts';

const WIDTH = 22;
const HEIGHT = 10;
/** A single step's figures jump up and down. */
const NOISY = 'M0 6L3 2L6 8L9 3L12 7L15 1L18 8L22 4';

/** A short piece of a curve, for legends. */
export function SeriesSample({ series }: { readonly series: SeriesKey }) {
  const { color, width, opacity, dashes, dots } = seriesLooks[series];
  const middle = HEIGHT / 2;
  return (
    <svg width={WIDTH} height={HEIGHT} aria-hidden="true" style={{ flexShrink: 0 }}>
      <path
        d={series === 'raw' ? NOISY : `M0 ${middle}H${WIDTH}`}
        fill="none"
        stroke={color}
        strokeWidth={width}
        strokeOpacity={opacity}
        strokeDasharray={dashes}
      />
      {dots && (
        <circle
          cx={WIDTH / 2}
          cy={middle}
          r={3}
          fill="var(--wb-surface)"
          stroke={color}
          strokeWidth={1.5}
        />
      )}
    </svg>
  );
}

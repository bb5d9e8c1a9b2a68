import classes from './charts.module.css';
import { SeriesSample } from './SeriesSample.tsx';
import {
  isLastVisible,
  type SeriesKey,
  seriesKeys,
  toggled,
  type VisibleSeries,
} from './series.ts';

interface SeriesLegendProps {
  readonly label: string;
  readonly names: Readonly<Record<SeriesKey, string>>;
  /** Said of the last curve that is left. */
  readonly lastHint: string;
  readonly visible: VisibleSeries;
  readonly onChange: (visible: VisibleSeries) => void;
}

/** Which curve is which; a click hides or shows one. */
export function SeriesLegend(props: SeriesLegendProps) {
  const { label, names, lastHint, visible, onChange } = props;
  return (
    <fieldset className={classes.legend} aria-label={label}>
      {seriesKeys.map((key) => {
        const isLast = isLastVisible(visible, key);
        return (
          <button
            key={key}
            type="button"
            className={classes.legendItem}
            aria-pressed={visible[key]}
            aria-disabled={isLast}
            title={isLast ? lastHint : undefined}
            onClick={() => onChange(toggled(visible, key))}
          >
            <SeriesSample series={key} />
            <span>{names[key]}</span>
          </button>
        );
      })}
    </fieldset>
  );
}

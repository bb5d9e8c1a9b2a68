import classes from './charts.module.css';
import type { CurveRow } from './curves.ts';
import { SeriesSample } from './SeriesSample.tsx';
import type { SeriesKey, VisibleSeries } from './series.ts';

export interface CurveWords {
  /** Names the horizontal axis. */
  readonly step: string;
  readonly names: Readonly<Record<SeriesKey, string>>;
  /** Says which step a number was measured at. */
  readonly measuredAt: (step: number) => string;
}

interface CurveTooltipProps {
  readonly row: CurveRow | undefined;
  readonly visible: VisibleSeries;
  readonly words: CurveWords;
  readonly formatStep: (step: number) => string;
  readonly formatValue: (value: number) => string;
}

/** The numbers at the step under the pointer, and the last validation up to there. */
export function CurveTooltip(props: CurveTooltipProps) {
  const { row, visible, words, formatStep, formatValue } = props;
  if (!row) return null;
  const { step, raw, smoothed, validated } = row;
  const lines: { key: SeriesKey; value: number | undefined; note?: string }[] = [
    { key: 'raw', value: raw },
    { key: 'smoothed', value: smoothed },
    {
      key: 'validation',
      value: validated?.value,
      ...(validated && validated.step !== step && { note: words.measuredAt(validated.step) }),
    },
  ];
  return (
    <div className={classes.tooltip}>
      <div className={classes.tooltipStep}>{`${words.step} ${formatStep(step)}`}</div>
      {lines
        .filter(({ key, value }) => visible[key] && value !== undefined)
        .map(({ key, value, note }) => (
          <div key={key} className={classes.tooltipLine}>
            <SeriesSample series={key} />
            <span>
              <span>{words.names[key]}</span>
              {note !== undefined && <span className={classes.tooltipNote}>{` ${note}`}</span>}
            </span>
            <span className={classes.tooltipValue}>{formatValue(value ?? 0)}</span>
          </div>
        ))}
    </div>
  );
}

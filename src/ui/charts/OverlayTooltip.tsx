import classes from './charts.module.css';
import { LookSample } from './LookSample.tsx';
import { type OverlaySeries, pointUpTo } from './overlay.ts';

interface OverlayTooltipProps {
  /** Where the pointer is; undefined where it is elsewhere. */
  readonly x: number | undefined;
  readonly series: readonly OverlaySeries[];
  readonly xLabel: string;
  readonly formatX: (x: number) => string;
  readonly formatValue: (value: number) => string;
}

/** The newest number of each curve up to the pointer. */
export function OverlayTooltip({ x, series, xLabel, formatX, formatValue }: OverlayTooltipProps) {
  if (x === undefined) return null;
  return (
    <div className={classes.tooltip}>
      <div className={classes.tooltipStep}>{`${xLabel} ${formatX(x)}`}</div>
      {series.map((curve) => {
        const point = pointUpTo(curve, x);
        return (
          point && (
            <div key={curve.key} className={classes.tooltipLine}>
              <LookSample look={curve.look} />
              <span className={classes.tooltipName}>{curve.name}</span>
              <span className={classes.tooltipValue}>{formatValue(point.y)}</span>
            </div>
          )
        );
      })}
    </div>
  );
}

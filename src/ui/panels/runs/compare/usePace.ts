import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { type Axis, stepAxis, timeAxis } from '../../../charts/axis.ts';
import type { OverlaySeries } from '../../../charts/overlay.ts';
import { formatCount, formatExact } from '../../../components/format.ts';
import { useLanguage } from '../../../components/useLanguage.ts';
import { furthest, type Pace } from './selectors.ts';

const TICKS = 5;

interface PaceAxis {
  readonly xAxis: Axis;
  readonly xLabel: string;
  readonly formatX: (x: number) => string;
}

/** The horizontal axis of these curves, and its words. */
export function usePace(series: readonly OverlaySeries[], pace: Pace): PaceAxis {
  const { t } = useTranslation('compare');
  const language = useLanguage();
  const xAxis = useMemo(() => {
    const end = furthest(series);
    return pace === 'step' ? stepAxis(Math.max(1, end), TICKS) : timeAxis(end, TICKS);
  }, [series, pace]);
  const formatX = useCallback(
    (x: number) =>
      pace === 'step' ? formatCount(x, language) : formatExact(Number(x.toPrecision(3)), language),
    [pace, language],
  );
  return { xAxis, xLabel: pace === 'step' ? t('step') : t('seconds'), formatX };
}

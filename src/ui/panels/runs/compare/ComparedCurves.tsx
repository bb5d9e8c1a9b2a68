import { Switch, Text, Title } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { accuracyAxis, linearAxis, logAxis } from '../../../charts/axis.ts';
import type { Metric } from '../../../charts/curves.ts';
import { OverlayChart } from '../../../charts/OverlayChart.tsx';
import { useMetricFormats } from '../../training/useMetricFormats.ts';
import classes from './compare.module.css';
import {
  type ComparedRun,
  furthest,
  metricSeries,
  type Pace,
  type Split,
  valuesOf,
} from './selectors.ts';
import { usePace } from './usePace.ts';

const TICKS = 5;
/** The zoom shows what came after this share of the run: the climb is over by then. */
const CLIMB_SHARE = 0.2;

interface ComparedCurvesProps {
  readonly runs: readonly ComparedRun[];
  readonly metric: Metric;
  readonly pace: Pace;
  readonly split: Split;
  readonly emphasized: string | undefined;
  readonly nameOf: (run: ComparedRun) => string;
}

/** Loss or accuracy of all compared runs in one chart. */
export function ComparedCurves(props: ComparedCurvesProps) {
  const { runs, metric, pace, split, emphasized, nameOf } = props;
  const { t } = useTranslation('compare');
  const { formatTick, formatValue } = useMetricFormats(metric);
  /** A logarithmic axis for the loss, the upper end for the accuracy. */
  const [isCloser, setIsCloser] = useState(true);
  const series = useMemo(
    () =>
      metricSeries(runs, { metric, pace, split }, (run, part) =>
        t('curveOf', { name: nameOf(run), part: t(part) }),
      ),
    [runs, metric, pace, split, nameOf, t],
  );
  const axis = usePace(series, pace);
  const yAxis = useMemo(() => {
    if (metric === 'accuracy') {
      return accuracyAxis(valuesOf(series, CLIMB_SHARE * furthest(series)), isCloser);
    }
    return isCloser ? logAxis(valuesOf(series)) : linearAxis(0, valuesOf(series), TICKS);
  }, [metric, series, isCloser]);
  return (
    <figure className={classes.figure}>
      <figcaption className={classes.chartHead}>
        <Title order={4}>{t(metric)}</Title>
        <Switch
          size="xs"
          label={metric === 'loss' ? t('logarithmic') : t('zoom')}
          checked={isCloser}
          onChange={(event) => setIsCloser(event.currentTarget.checked)}
        />
      </figcaption>
      <OverlayChart
        title={metric === 'loss' ? t('lossChart') : t('accuracyChart')}
        logarithmic={metric === 'loss' && isCloser}
        {...{ series, yAxis, emphasized, formatTick, formatValue, ...axis }}
      />
      {split === 'both' && (
        <Text size="xs" c="dimmed">
          {t('bothHint')}
        </Text>
      )}
      {pace === 'time' && (
        <Text size="xs" c="dimmed">
          {t('timeHint')}
        </Text>
      )}
    </figure>
  );
}

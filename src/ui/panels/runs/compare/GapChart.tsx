import { Text, Title } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { signedAxis } from '../../../charts/axis.ts';
import type { Metric } from '../../../charts/curves.ts';
import { OverlayChart } from '../../../charts/OverlayChart.tsx';
import { useMetricFormats } from '../../training/useMetricFormats.ts';
import classes from './compare.module.css';
import { type ComparedRun, gapSeries, type Pace, valuesOf } from './selectors.ts';
import { usePace } from './usePace.ts';

const TICKS = 5;

interface GapChartProps {
  readonly runs: readonly ComparedRun[];
  readonly metric: Metric;
  readonly pace: Pace;
  readonly emphasized: string | undefined;
  readonly nameOf: (run: ComparedRun) => string;
}

/** How much better each run does on the images that it learns from. */
export function GapChart({ runs, metric, pace, emphasized, nameOf }: GapChartProps) {
  const { t } = useTranslation('compare');
  const { formatTick, formatValue } = useMetricFormats(metric);
  const series = useMemo(
    () => gapSeries(runs, { metric, pace }, nameOf),
    [runs, metric, pace, nameOf],
  );
  const axis = usePace(series, pace);
  const yAxis = useMemo(() => signedAxis(valuesOf(series), TICKS), [series]);
  return (
    <figure className={classes.figure}>
      <figcaption className={classes.chartHead}>
        <Title order={4}>{t('gap')}</Title>
      </figcaption>
      <OverlayChart
        title={t('gapChart')}
        marksZero
        {...{ series, yAxis, emphasized, formatTick, formatValue, ...axis }}
      />
      <Text size="xs" c="dimmed">
        {t(`gap.${metric}`)}
      </Text>
    </figure>
  );
}

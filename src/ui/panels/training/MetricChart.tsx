import { Button, Switch, Title } from '@mantine/core';
import { Image } from 'lucide-react';
import { memo, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RunState } from '../../../app/state.ts';
import { plannedSteps } from '../../../domain/runs/run.ts';
import { assert } from '../../../util/assert.ts';
import { accuracyAxis, linearAxis, logAxis, stepAxis } from '../../charts/axis.ts';
import { CurveChart } from '../../charts/CurveChart.tsx';
import type { CurveWords } from '../../charts/CurveTooltip.tsx';
import { chartPicture } from '../../charts/chartPicture.ts';
import { GrowingRows, type Metric } from '../../charts/curves.ts';
import { seriesKeys, type VisibleSeries, visibleValues } from '../../charts/series.ts';
import { Figure } from '../../components/Figure.tsx';
import { saveFile } from '../../components/saveFile.ts';
import { Term } from '../../components/Term.tsx';
import { useAttempt } from '../../components/useAttempt.ts';
import { fileNameOf } from './selectors.ts';
import classes from './training.module.css';
import { useMetricFormats } from './useMetricFormats.ts';

const X_TICKS = 5;
const Y_TICKS = 5;
/** The zoom shows what came after this share of the points: the climb is over by then. */
const CLIMB_SHARE = 0.2;

interface MetricChartProps {
  readonly metric: Metric;
  readonly run: RunState;
  readonly visible: VisibleSeries;
  readonly smoothing: number;
  readonly words: CurveWords;
}

/** One figure of the run: its newest values as numbers, and its curves. */
export const MetricChart = memo(function MetricChart(props: MetricChartProps) {
  const { metric, run, visible, smoothing, words } = props;
  const { t } = useTranslation('training');
  const attempt = useAttempt();
  const figure = useRef<HTMLElement>(null);
  /** A logarithmic axis for the loss, the upper end for the accuracy. */
  const [isCloser, setIsCloser] = useState(false);
  const { formatStep, formatTick, formatValue } = useMetricFormats(metric);
  const { training, validation } = run;
  const steps = Math.max(1, plannedSteps(run.record));

  const growing = useMemo(
    () => new GrowingRows({ metric, smoothing, steps }),
    [metric, smoothing, steps],
  );
  const rows = useMemo(() => growing.of(training, validation), [growing, training, validation]);
  const xAxis = useMemo(() => stepAxis(steps, X_TICKS), [steps]);
  const yAxis = useMemo(() => {
    if (metric === 'accuracy') {
      const climbed = CLIMB_SHARE * (rows.at(-1)?.step ?? 0);
      return accuracyAxis(visibleValues(rows, visible, climbed), isCloser);
    }
    const values = visibleValues(rows, visible);
    return isCloser ? logAxis(values) : linearAxis(0, values, Y_TICKS);
  }, [metric, rows, visible, isCloser]);

  const title = metric === 'loss' ? t('lossChart') : t('accuracyChart');
  const saveWords = metric === 'loss' ? t('saveLossPng') : t('saveAccuracyPng');
  const latest = rows.at(-1);
  const shownValue = (value: number | undefined) =>
    value === undefined ? t('none') : formatValue(value);
  const savePng = async () => {
    const chart = figure.current?.querySelector<SVGSVGElement>('svg.recharts-surface');
    assert(chart, 'a figure has its chart');
    const legend = seriesKeys
      .filter((key) => visible[key])
      .map((key) => ({ key, name: words.names[key] }));
    const name = `${fileNameOf(run.record)}-${metric}.png`;
    const around = { title, subtitle: run.record.name, legend };
    saveFile(await chartPicture(chart, around, name));
  };

  return (
    <figure ref={figure} style={{ margin: 0 }}>
      <figcaption className={classes.chartHead}>
        <Title order={3}>
          <Term word={metric}>{t(metric)}</Term>
        </Title>
        <div className={classes.chartFigures}>
          <Figure
            label={t('trainingNow')}
            value={shownValue(latest?.smoothed)}
            color="var(--wb-train)"
          />
          <Figure
            label={<Term word="validation">{t('validationNow')}</Term>}
            value={shownValue(latest?.validated?.value)}
            color="var(--wb-validation)"
          />
        </div>
      </figcaption>
      <CurveChart
        title={title}
        logarithmic={metric === 'loss' && isCloser}
        {...{ rows, visible, xAxis, yAxis, words, formatStep, formatTick, formatValue }}
      />
      <div className={classes.chartFoot}>
        <Switch
          size="xs"
          label={metric === 'loss' ? t('logarithmic') : t('zoom')}
          checked={isCloser}
          onChange={(event) => setIsCloser(event.currentTarget.checked)}
        />
        <Button
          variant="subtle"
          size="compact-xs"
          leftSection={<Image size={13} aria-hidden />}
          aria-label={saveWords}
          title={saveWords}
          onClick={() => attempt(savePng())}
        >
          {t('savePng')}
        </Button>
      </div>
    </figure>
  );
});

import { Button, Slider, Text } from '@mantine/core';
import { Download } from 'lucide-react';
import { memo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RunState } from '../../../app/state.ts';
import { useWorkbenchState } from '../../../app/useStore.ts';
import { historyCsv } from '../../../domain/metrics/historyCsv.ts';
import { SeriesLegend } from '../../charts/SeriesLegend.tsx';
import { allSeries } from '../../charts/series.ts';
import { saveFile } from '../../components/saveFile.ts';
import { useThrottled } from '../../components/useThrottled.ts';
import { MetricChart } from './MetricChart.tsx';
import { fileNameOf } from './selectors.ts';
import classes from './training.module.css';
import { useCurveWords } from './useCurveWords.ts';

/** Ten updates a second are as many as an eye follows. */
const UPDATE_MS = 100;
const FIRST_SMOOTHING = 0.6;

/** Loss and accuracy of the run in memory. */
export function TrainingCurves() {
  const run = useWorkbenchState((state) => state.run);
  return <CurvesOf shown={useThrottled(run, UPDATE_MS)} />;
}

/** The curves, with what decides how they are drawn. */
const CurvesOf = memo(function CurvesOf({ shown }: { readonly shown: RunState | undefined }) {
  const { t } = useTranslation('training');
  const words = useCurveWords();
  const [visible, setVisible] = useState(allSeries);
  const [smoothing, setSmoothing] = useState(FIRST_SMOOTHING);
  if (!shown) {
    return (
      <Text size="sm" c="dimmed">
        {t('noCurves')}
      </Text>
    );
  }
  const saveCsv = () => {
    const { training, validation, record } = shown;
    const bytes = new TextEncoder().encode(historyCsv({ training, validation }));
    saveFile({ name: `${fileNameOf(record)}.csv`, mimeType: 'text/csv', bytes });
  };
  const look = { run: shown, visible, smoothing, words };
  return (
    <div>
      <SeriesLegend
        label={t('curves')}
        names={words.names}
        lastHint={t('lastSeries')}
        visible={visible}
        onChange={setVisible}
      />
      <div className={classes.curvesBar}>
        <div className={classes.smoothing}>
          <span aria-hidden>{t('smoothing')}</span>
          <Slider
            size="sm"
            min={0}
            max={1}
            step={0.01}
            value={smoothing}
            onChange={setSmoothing}
            label={(value) => value.toFixed(2)}
            thumbLabel={t('smoothing')}
          />
        </div>
        <Button
          variant="subtle"
          size="compact-xs"
          leftSection={<Download size={13} aria-hidden />}
          aria-label={t('saveCsvLong')}
          title={t('saveCsvLong')}
          onClick={saveCsv}
        >
          {t('saveCsv')}
        </Button>
      </div>
      <MetricChart metric="loss" {...look} />
      <MetricChart metric="accuracy" {...look} />
    </div>
  );
});

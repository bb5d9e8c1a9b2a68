import { Button, Group, Stack, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useWorkbench, useWorkbenchState } from '../../../app/useStore.ts';
import type { DatasetSummary } from '../../../domain/data/dataset.ts';
import type { DatasetStatistics } from '../../../domain/data/datasetStatistics.ts';
import { Figure } from '../../components/Figure.tsx';
import { formatCount } from '../../components/format.ts';
import { PixelRow } from '../../components/PixelRow.tsx';
import { useLanguage } from '../../components/useLanguage.ts';
import classes from './DatasetDetails.module.css';
import { SplitAndScaling } from './SplitAndScaling.tsx';
import { canLoadDataset } from './selectors.ts';

const IMAGES_OF_CLASS = 8;
const FEW_CLASSES = 10;

interface Details {
  readonly statistics: DatasetStatistics;
  readonly rows: readonly { readonly name: string; readonly pixels: Uint8Array }[];
}

/** What the images look like, class by class and on the whole. */
export function DatasetDetails({ summary }: { readonly summary: DatasetSummary }) {
  const { t } = useTranslation('dataset');
  const language = useLanguage();
  const workbench = useWorkbench();
  const isFree = useWorkbenchState(canLoadDataset);
  const scaling = useWorkbenchState(({ run }) => run?.record.scaling);
  const scalingImages = useWorkbenchState(({ run }) => run?.record.scalingImages);
  const [details, setDetails] = useState<Details>();
  const [showsAll, setShowsAll] = useState(false);

  useEffect(() => {
    if (!isFree) return;
    let isWanted = true;
    const names = summary.classNames.length > 0 ? summary.classNames : [''];
    const ask = async () => {
      const statistics = await workbench.datasetStatistics();
      const rows: { name: string; pixels: Uint8Array }[] = [];
      for (const name of showsAll ? names : names.slice(0, FEW_CLASSES)) {
        rows.push({ name, pixels: await workbench.datasetThumbnails(name, IMAGES_OF_CLASS) });
      }
      if (isWanted && statistics) setDetails({ statistics, rows });
    };
    // A refusal already stands among the notices.
    ask().catch(() => undefined);
    return () => {
      isWanted = false;
    };
  }, [workbench, summary, showsAll, isFree]);

  if (!details) return null;
  const { pixels, duplicates, meanImage } = details.statistics;
  const count = (value: number) => formatCount(value, language);
  const rounded = (value: number) => value.toFixed(1);
  return (
    <Stack gap="sm">
      <div>
        {details.rows.map(({ name, pixels: row }) => (
          <Group key={name} gap="xs" wrap="nowrap" mb={4}>
            <Text size="xs" w={72} truncate title={name} style={{ flexShrink: 0 }}>
              {name}
            </Text>
            <PixelRow
              pixels={row}
              shape={summary.shape}
              label={t('examples', { name })}
              className={classes.pixels}
            />
          </Group>
        ))}
        {!showsAll && summary.classNames.length > FEW_CLASSES && (
          <Button variant="default" size="compact-sm" onClick={() => setShowsAll(true)}>
            {t('allClasses', { classes: summary.classNames.length })}
          </Button>
        )}
      </div>
      <div className="wb-figures">
        <Figure label={t('mean')} value={rounded(pixels.mean)} />
        <Figure label={t('sd')} value={rounded(pixels.sd)} />
        <Figure label={t('extremes')} value={`${pixels.min}–${pixels.max}`} />
        <Figure label={t('repeated')} value={count(duplicates.withinTraining)} />
        <Figure label={t('leaked')} value={count(duplicates.testInTraining)} />
        {summary.trainCount > 0 && (
          <div>
            <Text size="xs" c="dimmed">
              {t('meanImage')}
            </Text>
            <PixelRow
              pixels={meanImage}
              shape={summary.shape}
              label={t('meanImage')}
              className={classes.pixels}
            />
          </div>
        )}
      </div>
      {summary.trainCount > 0 && <SplitAndScaling summary={summary} />}
      {scaling && (
        <Text size="xs" c="dimmed">
          {t(scalingImages === undefined ? 'scaling' : 'scalingOn', {
            offset: scaling.offset.toFixed(2),
            factor: scaling.factor.toPrecision(4),
            images: count(scalingImages ?? 0),
          })}
        </Text>
      )}
    </Stack>
  );
}

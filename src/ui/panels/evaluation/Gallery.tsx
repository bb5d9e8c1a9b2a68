import { Button, Group, Text, Title } from '@mantine/core';
import { X } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Evaluation } from '../../../domain/metrics/metrics.ts';
import { formatCount } from '../../components/format.ts';
import { useLanguage } from '../../components/useLanguage.ts';
import classes from './Gallery.module.css';
import { GalleryImage } from './GalleryImage.tsx';
import { type Cell, imagesToShow } from './selectors.ts';
import { useTestImages } from './useTestImages.ts';

/** As many images come at a time. */
const PAGE = 48;

interface GalleryProps {
  readonly evaluation: Evaluation;
  readonly names: readonly string[];
  /** The images of this cell, or all. */
  readonly cell: Cell | undefined;
  readonly onShowAll: () => void;
}

/** The test images with what they are and what they were read as, the mistakes first. */
export function Gallery({ evaluation, names, cell, onShowAll }: GalleryProps) {
  const { t } = useTranslation('evaluation');
  const language = useLanguage();
  const order = useMemo(() => imagesToShow(evaluation, cell), [evaluation, cell]);
  const [pages, setPages] = useState(1);
  // biome-ignore lint/correctness/useExhaustiveDependencies: other images begin at their first page.
  useEffect(() => setPages(1), [order]);
  const shown = useMemo(() => order.slice(0, PAGE * pages), [order, pages]);
  const { pixelsOf, shape } = useTestImages(shown);
  const count = (value: number) => formatCount(value, language);
  const more = Math.min(PAGE, order.length - shown.length);

  return (
    <div>
      <Group justify="space-between" align="baseline" gap="xs">
        <Title order={3}>{t('gallery')}</Title>
        <Text size="xs" c="dimmed" className="wb-tabular">
          {t('shown', { shown: count(shown.length), total: count(order.length) })}
        </Text>
      </Group>
      <Group gap="xs" mb={8} mih={26}>
        <Text size="xs" {...(cell ? { fw: 600 } : { c: 'dimmed' })} role="status">
          {cell
            ? t(cell.truth === cell.predicted ? 'cell' : 'galleryCell', {
                truth: names[cell.truth],
                predicted: names[cell.predicted],
                count: count(order.length),
              })
            : t('galleryAll')}
        </Text>
        {cell && (
          <Button
            variant="default"
            size="compact-xs"
            leftSection={<X size={13} aria-hidden />}
            onClick={onShowAll}
          >
            {t('showAll')}
          </Button>
        )}
      </Group>
      {order.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('emptyCell')}
        </Text>
      )}
      <ul className={classes.grid} aria-label={t('gallery')}>
        {shown.map((index) => (
          <li key={index}>
            <GalleryImage
              index={index}
              pixels={pixelsOf(index)}
              shape={shape}
              truth={names[evaluation.truths[index] ?? 0] ?? ''}
              predicted={names[evaluation.predictions[index] ?? 0] ?? ''}
              confidence={evaluation.confidences[index] ?? 0}
            />
          </li>
        ))}
      </ul>
      {more > 0 && (
        <Button variant="default" mt={10} onClick={() => setPages(pages + 1)}>
          {t('showMore', { count: count(more) })}
        </Button>
      )}
    </div>
  );
}

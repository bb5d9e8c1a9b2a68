import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { PixelRow } from '../../components/PixelRow.tsx';
import classes from './AugmentationPreview.module.css';
import { useAugmentationPreview } from './useAugmentationPreview.ts';

/** Pixels of nothing between two images. */
const GAP = 2;

/** Some training images in a row, and below them as the first steps would see them. */
export function AugmentationPreview({ isWanted }: { readonly isWanted: boolean }) {
  const { t } = useTranslation('recipe');
  const state = useAugmentationPreview(isWanted);
  const preview = state.nothing === undefined ? state.preview : undefined;
  return (
    <figure className={classes.preview}>
      <div className={classes.rows}>
        {preview ? (
          [preview.originals, ...preview.varied].map((pixels, row) => (
            <PixelRow
              // biome-ignore lint/suspicious/noArrayIndexKey: the rows are the steps, in their order.
              key={row}
              pixels={pixels}
              shape={preview.shape}
              gap={GAP}
              className={classes.row}
              label={row === 0 ? t('originals') : t('variedRow', { step: row })}
            />
          ))
        ) : (
          <Text size="sm" c="dimmed">
            {t(state.nothing ?? 'previewComes')}
          </Text>
        )}
      </div>
      <Text component="figcaption" size="xs" c="dimmed">
        {t('previewNote')}
      </Text>
    </figure>
  );
}

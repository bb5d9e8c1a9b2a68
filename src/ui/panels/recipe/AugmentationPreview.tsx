import { Text } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImageShape } from '../../../domain/architecture.ts';
import classes from './AugmentationPreview.module.css';
import { drawRow } from './drawRow.ts';
import { useAugmentationPreview } from './useAugmentationPreview.ts';

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
            <ImageRow
              // biome-ignore lint/suspicious/noArrayIndexKey: the rows are the steps, in their order.
              key={row}
              pixels={pixels}
              shape={preview.shape}
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

interface ImageRowProps {
  readonly pixels: Uint8Array;
  readonly shape: ImageShape;
  readonly label: string;
}

function ImageRow({ pixels, shape, label }: ImageRowProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    if (canvas.current) drawRow(canvas.current, pixels, shape);
  }, [pixels, shape]);
  return (
    <canvas
      ref={canvas}
      role="img"
      aria-label={label}
      title={label}
      className={`wb-pixels ${classes.row}`}
    />
  );
}

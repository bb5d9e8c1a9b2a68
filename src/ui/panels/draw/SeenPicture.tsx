import { Text } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Prediction } from '../../../protocol/protocol.ts';
import { imageDataOf } from '../../components/imageData.ts';
import classes from './draw.module.css';

const EMPTY_SIDE = 28;

/** The picture as it was prepared for the network, each of its pixels to be seen. */
export function SeenPicture({ prediction }: { readonly prediction: Prediction | undefined }) {
  const { t } = useTranslation('draw');
  const canvas = useRef<HTMLCanvasElement>(null);
  const width = prediction?.preparedWidth ?? EMPTY_SIDE;
  const height = prediction?.preparedHeight ?? EMPTY_SIDE;
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context) return;
    const image = prediction
      ? imageDataOf(prediction.prepared, { width, height, channels: 1 })
      : new ImageData(width, height);
    context.putImageData(image, 0, 0);
  }, [prediction, width, height]);

  return (
    <figure className={classes.seen}>
      <canvas
        ref={canvas}
        width={width}
        height={height}
        role="img"
        aria-label={t('seen')}
        className={`wb-pixels ${classes.seenPixels}`}
      />
      <figcaption>
        <Text size="xs" fw={600} aria-hidden>
          {t('seen')}
        </Text>
        <Text size="xs" c="dimmed" lh={1.4} className="wb-tabular">
          {t('seenHelp', { width, height })}
        </Text>
      </figcaption>
    </figure>
  );
}

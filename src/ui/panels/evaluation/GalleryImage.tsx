import { memo, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImageShape } from '../../../domain/architecture/architecture.ts';
import { insideFragment, wholeFigure } from '../../../domain/inside/insidePlace.ts';
import { formatPercent } from '../../components/format.ts';
import { imageDataOf } from '../../components/imageData.ts';
import { useLanguage } from '../../components/useLanguage.ts';
import classes from './Gallery.module.css';

interface GalleryImageProps {
  /** Among the test images of the set in use, where the network in memory can be looked into. */
  readonly index?: number;
  /** Undefined until they have come. */
  readonly pixels: Uint8Array | undefined;
  readonly shape: ImageShape | undefined;
  readonly truth: string;
  readonly predicted: string;
  readonly confidence: number;
}

/** A test image, and under it what it is and, where that was wrong, what it was read as. */
export const GalleryImage = memo(function GalleryImage(props: GalleryImageProps) {
  const { index, pixels, shape, truth, predicted, confidence } = props;
  const { t } = useTranslation('evaluation');
  const language = useLanguage();
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context || !pixels || !shape) return;
    context.putImageData(imageDataOf(pixels, shape), 0, 0);
  }, [pixels, shape]);

  const isRight = truth === predicted;
  const words = t(isRight ? 'right' : 'wrong', {
    ...{ truth, predicted },
    confidence: formatPercent(confidence, language, 1),
  });
  const picture = (
    <canvas
      ref={canvas}
      width={shape?.width ?? 1}
      height={shape?.height ?? 1}
      className={`wb-pixels ${classes.pixels}`}
      role="img"
      aria-label={words}
    />
  );
  return (
    <figure className={classes.image} title={words}>
      {index === undefined ? (
        picture
      ) : (
        <a
          href={insideFragment({ ...wholeFigure, test: index })}
          className={classes.door}
          title={t('lookInside', { words })}
        >
          {picture}
        </a>
      )}
      <figcaption className={classes.caption} data-right={isRight} aria-hidden>
        {isRight ? `✓ ${truth}` : `✗ ${truth}→${predicted}`}
      </figcaption>
    </figure>
  );
});

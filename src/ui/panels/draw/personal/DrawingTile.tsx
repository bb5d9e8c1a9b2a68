import { ActionIcon } from '@mantine/core';
import { X } from 'lucide-react';
import { memo, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { THUMBNAIL_SIDE } from '../../../../domain/drawing/drawings.ts';
import { imageDataOf } from '../../../components/imageData.ts';
import classes from './personal.module.css';
import type { ReadDrawing } from './selectors.ts';

const SHAPE = { width: THUMBNAIL_SIDE, height: THUMBNAIL_SIDE, channels: 1 };

interface DrawingTileProps extends ReadDrawing {
  readonly onRemove: (id: string) => void;
}

/** A kept drawing, what it is, and, where that was wrong, what it was read as. */
export const DrawingTile = memo(function DrawingTile(props: DrawingTileProps) {
  const { drawing, readAs, isRight, onRemove } = props;
  const { t } = useTranslation('personal');
  const canvas = useRef<HTMLCanvasElement>(null);
  const { id, className: name, thumbnail } = drawing;
  useEffect(() => {
    const image = imageDataOf(thumbnail, SHAPE);
    canvas.current?.getContext('2d')?.putImageData(image, 0, 0);
  }, [thumbnail]);

  const words = () => {
    if (readAs === undefined) return t('unread', { name });
    return isRight ? t('read', { name }) : t('misread', { name, readAs });
  };
  const caption = () => {
    if (readAs === undefined) return name;
    return isRight ? `✓ ${name}` : `✗ ${name}→${readAs}`;
  };
  return (
    <li className={classes.tile} title={words()}>
      <canvas
        ref={canvas}
        width={THUMBNAIL_SIDE}
        height={THUMBNAIL_SIDE}
        className={`wb-pixels ${classes.thumbnail}`}
        role="img"
        aria-label={words()}
      />
      <span
        className={classes.caption}
        data-read={readAs === undefined ? 'not' : isRight ? 'right' : 'wrong'}
        aria-hidden
      >
        {caption()}
      </span>
      <ActionIcon
        size={24}
        variant="default"
        className={classes.remove ?? ''}
        aria-label={t('remove', { name })}
        onClick={() => onRemove(id)}
      >
        <X size={14} aria-hidden />
      </ActionIcon>
    </li>
  );
});

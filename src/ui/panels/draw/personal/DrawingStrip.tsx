import { Button } from '@mantine/core';
import { useCallback, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useWorkbenchState } from '../../../../app/useStore.ts';
import { formatCount } from '../../../components/format.ts';
import { useLanguage } from '../../../components/useLanguage.ts';
import { useShownPart } from '../../../components/useShownPart.ts';
import { DrawingTile } from './DrawingTile.tsx';
import classes from './personal.module.css';
import { readDrawings } from './selectors.ts';

/** Drawn at once, until more are asked for. */
const FIRST_SHOWN = 60;
const SHOWN_MORE = 240;

/** Every drawing that is kept, the newest first, in a strip of one height whatever it holds. */
export function DrawingStrip({
  onRemove,
}: {
  readonly onRemove: (ids: readonly string[]) => void;
}) {
  const { t } = useTranslation('personal');
  const language = useLanguage();
  const drawings = useWorkbenchState((state) => state.drawings);
  const score = useWorkbenchState((state) => state.drawnScore);
  const tiles = readDrawings(drawings, score);
  const { shown, left, next, showMore, list } = useShownPart(tiles, FIRST_SHOWN, SHOWN_MORE);
  const newestRemoval = useRef(onRemove);
  useEffect(() => {
    newestRemoval.current = onRemove;
  }, [onRemove]);

  /** The focus goes to a neighbour of what is removed, or it would be lost. */
  const remove = useCallback((id: string) => {
    const tile = document.activeElement?.closest('li');
    const next = tile?.nextElementSibling;
    // Behind the last one stands what shows more of them.
    const neighbour = next?.querySelector('canvas') ? next : (tile?.previousElementSibling ?? next);
    neighbour?.querySelector('button')?.focus();
    newestRemoval.current([id]);
  }, []);

  if (drawings.length === 0) {
    return <p className={classes.emptyStrip}>{t('empty')}</p>;
  }
  const total = formatCount(tiles.length, language);
  return (
    <ul ref={list} className={classes.strip} aria-label={t('strip')}>
      {shown.map((tile) => (
        <DrawingTile key={tile.drawing.id} {...tile} onRemove={remove} />
      ))}
      {left > 0 && (
        <li>
          <Button variant="default" onClick={showMore}>
            {next === left ? t('showAll', { total }) : t('showMore', { next, total })}
          </Button>
        </li>
      )}
    </ul>
  );
}

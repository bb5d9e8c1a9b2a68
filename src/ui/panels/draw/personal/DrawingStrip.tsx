import { Button } from '@mantine/core';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useWorkbenchState } from '../../../../app/useStore.ts';
import { formatCount } from '../../../components/format.ts';
import { useLanguage } from '../../../components/useLanguage.ts';
import { DrawingTile } from './DrawingTile.tsx';
import classes from './personal.module.css';
import { readDrawings } from './selectors.ts';

/** Drawn at once, until all are asked for. */
const FIRST_SHOWN = 60;

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
  const [showsAll, setShowsAll] = useState(false);
  const newestRemoval = useRef(onRemove);
  useEffect(() => {
    newestRemoval.current = onRemove;
  }, [onRemove]);

  /** The focus goes to a neighbour of what is removed, or it would be lost. */
  const remove = useCallback((id: string) => {
    const tile = document.activeElement?.closest('li');
    const neighbour = tile?.nextElementSibling ?? tile?.previousElementSibling;
    neighbour?.querySelector('button')?.focus();
    newestRemoval.current([id]);
  }, []);

  if (drawings.length === 0) {
    return <p className={classes.emptyStrip}>{t('empty')}</p>;
  }
  const tiles = readDrawings(drawings, score);
  const shown = showsAll ? tiles : tiles.slice(0, FIRST_SHOWN);
  return (
    <ul className={classes.strip} aria-label={t('strip')}>
      {shown.map((tile) => (
        <DrawingTile key={tile.drawing.id} {...tile} onRemove={remove} />
      ))}
      {shown.length < tiles.length && (
        <li>
          <Button variant="default" onClick={() => setShowsAll(true)}>
            {t('showAll', { total: formatCount(tiles.length, language) })}
          </Button>
        </li>
      )}
    </ul>
  );
}

import { Button } from '@mantine/core';
import { Undo2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatCount } from '../../../components/format.ts';
import { useLanguage } from '../../../components/useLanguage.ts';
import classes from './personal.module.css';
import type { Change, Undoable } from './useUndoable.ts';

const undoKeys = { kept: 'undoKept', imported: 'undoImported' } as const;

interface ChangeLineProps extends Omit<Undoable, 'show'> {
  /** Stands there while nothing was done. */
  readonly children?: ReactNode;
}

/**
 * What was just done, quietly, and the way back; its room is kept, so that nothing moves. No `status`:
 * that is what the network reads.
 */
export function ChangeLine({ change, undo, children }: ChangeLineProps) {
  const { t } = useTranslation('personal');
  const words = useWords();
  return (
    <div className={classes.change}>
      <p aria-live="polite">{change ? words(change) : children}</p>
      {change && canUndo(change) && (
        <Button
          variant="default"
          size="compact-xs"
          leftSection={<Undo2 size={14} aria-hidden />}
          aria-label={t(undoKeys[change.type])}
          onClick={undo}
        >
          {t('undo')}
        </Button>
      )}
    </div>
  );
}

/** Where a file held nothing new there is nothing to take back. */
function canUndo(change: Change): change is Extract<Change, { undo: unknown }> {
  return change.type === 'imported' ? change.total > 0 : 'undo' in change;
}

function useWords(): (change: Change) => string {
  const { t } = useTranslation('personal');
  const language = useLanguage();
  return (change) => {
    switch (change.type) {
      case 'kept':
        return t('kept', { name: change.name });
      case 'keeping':
        return t('keeping', { name: change.name });
      case 'notKept':
        return t('notKept', { name: change.name });
      case 'imported': {
        const { total: count, known } = change;
        const total = formatCount(count, language);
        if (known === 0) return t('imported', { count, total });
        return t('importedKnown', { total, known: formatCount(known, language) });
      }
      case 'undone':
        return t('undone');
    }
  };
}

import { Button } from '@mantine/core';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { useWorkbench, useWorkbenchState } from '../../../../app/useStore.ts';
import { formatCount } from '../../../components/format.ts';
import { useAttempt } from '../../../components/useAttempt.ts';
import { useLanguage } from '../../../components/useLanguage.ts';
import { useFileTarget } from '../../../intake/useFileTarget.ts';
import { useDeletion } from '../../../notices/useDeletion.tsx';
import { ChangeLine } from './ChangeLine.tsx';
import { DrawingFiles } from './DrawingFiles.tsx';
import { DrawingStrip } from './DrawingStrip.tsx';
import { FineTuning } from './FineTuning.tsx';
import classes from './personal.module.css';
import { ScoreButtons } from './ScoreButtons.tsx';
import { ScoreLine } from './ScoreLine.tsx';
import { useAutomaticScore } from './useAutomaticScore.ts';
import { useUndoable } from './useUndoable.ts';

/** The user's own labelled drawings: a test of every run, and something to learn from. */
export function PersonalTestSet() {
  const { t } = useTranslation('personal');
  const language = useLanguage();
  const headingId = useId();
  const workbench = useWorkbench();
  const attempt = useAttempt();
  const drawings = useWorkbenchState((state) => state.drawings);
  const count = drawings.length;
  const { change, show, undo } = useUndoable();
  const remove = useDeletion();
  useAutomaticScore();
  const removeDrawings = (ids: readonly string[]) =>
    remove({
      remove: async () => {
        await workbench.deleteDrawings(ids);
        // What was said last may have been about these.
        show(undefined);
      },
      said: () => t('removed', { count: ids.length, total: formatCount(ids.length, language) }),
      restore: () => workbench.restoreDrawings(ids),
    });
  const bring = async (file: File) => {
    const { added, known } = await workbench.importDrawings(file);
    const takeBack = () => workbench.deleteDrawings(added.map(({ id }) => id));
    show({ type: 'imported', total: added.length, known, undo: takeBack });
  };
  const target = useFileTarget({
    ...{ kind: 'drawings', takes: 'one' },
    onFiles: ([file]) => {
      if (file) attempt(bring(file));
    },
  });
  return (
    // biome-ignore lint/a11y/useSemanticElements: another region would be one more of the page's own.
    <div
      ref={target.ref}
      role="group"
      aria-labelledby={headingId}
      className={classes.set}
      data-over={target.isOver || undefined}
    >
      <div className={classes.head}>
        <h3 id={headingId} className={classes.heading}>
          {t('title')}
        </h3>
        <span className={classes.note}>
          {t('drawings', { count, total: formatCount(count, language) })}
        </span>
        <Button
          variant="subtle"
          size="compact-xs"
          color="gray"
          disabled={count === 0}
          aria-label={t('removeAllNamed')}
          onClick={() => removeDrawings(drawings.map(({ id }) => id))}
        >
          {t('removeAll')}
        </Button>
      </div>
      <ScoreLine />
      <DrawingStrip onRemove={removeDrawings} />
      <ScoreButtons />
      <DrawingFiles target={target} />
      <ChangeLine change={change} undo={undo}>
        {t('filesHint')}
      </ChangeLine>
      <FineTuning />
    </div>
  );
}

import { type KeyboardEvent, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { ChangeLine } from './ChangeLine.tsx';
import classes from './personal.module.css';
import { classOfKey } from './selectors.ts';
import type { Undoable } from './useUndoable.ts';

interface LabelRowProps {
  readonly names: readonly string[];
  /** Whether there is a drawing to be named. */
  readonly canKeep: boolean;
  readonly undoable: Undoable;
  readonly onKeep: (name: string) => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

/** Names of at most so many letters stand in a row of keys of one width. */
const SHORT_NAME = 2;

/** Asks what the drawing is. The buttons stay where they are, and reachable, while there is none. */
export function LabelRow(props: LabelRowProps) {
  const { names, canKeep, undoable, onKeep, onKeyDown } = props;
  const { t } = useTranslation('personal');
  const questionId = useId();
  const isShort = names.every((name) => name.length <= SHORT_NAME);
  const hasKeys = classOfKey('0', names) !== undefined;
  return (
    <div className={classes.label}>
      <h3 id={questionId} className={classes.heading}>
        {t('question')}
      </h3>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for inputs, and these are commands. */}
      <div role="group" aria-labelledby={questionId} className={classes.keys} data-short={isShort}>
        {names.map((name) => (
          <button
            key={name}
            type="button"
            className={classes.key}
            aria-label={t('keep', { name })}
            aria-disabled={!canKeep}
            onKeyDown={onKeyDown}
            onClick={() => onKeep(name)}
          >
            {name}
          </button>
        ))}
      </div>
      <ChangeLine change={undoable.change} undo={undoable.undo}>
        {t(hasKeys ? 'hintWithKeys' : 'hint')}
      </ChangeLine>
    </div>
  );
}

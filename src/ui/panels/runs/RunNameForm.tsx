import { ActionIcon, TextInput } from '@mantine/core';
import { Check, X } from 'lucide-react';
import { type FormEvent, type KeyboardEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { LONGEST_RUN_NAME } from '../../../domain/runs/runName.ts';
import { keyName } from '../../components/keys.ts';
import classes from './RunCard.module.css';

interface RunNameFormProps {
  readonly name: string;
  readonly onSave: (name: string) => void;
  readonly onCancel: () => void;
}

/** Asks for a new name; Escape keeps the old one. */
export function RunNameForm({ name, onSave, onCancel }: RunNameFormProps) {
  const { t } = useTranslation('runs');
  const [draft, setDraft] = useState(name);
  const wanted = draft.trim();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (wanted !== '') onSave(wanted);
  };
  const leaveOnEscape = (event: KeyboardEvent) => {
    if (keyName(event) === 'Escape') onCancel();
  };
  return (
    <form className={classes.head} onSubmit={submit}>
      <TextInput
        size="xs"
        className={classes.name ?? ''}
        aria-label={t('newName')}
        maxLength={LONGEST_RUN_NAME}
        value={draft}
        autoFocus
        onChange={(event) => setDraft(event.currentTarget.value)}
        onKeyDown={leaveOnEscape}
      />
      <ActionIcon type="submit" disabled={wanted === ''} aria-label={t('save')}>
        <Check size={15} aria-hidden />
      </ActionIcon>
      <ActionIcon variant="subtle" color="gray" aria-label={t('cancel')} onClick={onCancel}>
        <X size={15} aria-hidden />
      </ActionIcon>
    </form>
  );
}

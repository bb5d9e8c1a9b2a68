import { Button, Group, Textarea } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useWorkbench, useWorkbenchState } from '../../../app/useStore.ts';
import { useAttempt } from '../../components/useAttempt.ts';
import { canLoadDataset } from './selectors.ts';

interface ClassNamesFormProps {
  readonly classNames: readonly string[];
  readonly onClose: () => void;
}

/** Asks what the classes are called, one a line, so that a list can be pasted. */
export function ClassNamesForm({ classNames, onClose }: ClassNamesFormProps) {
  const { t } = useTranslation('dataset');
  const workbench = useWorkbench();
  const attempt = useAttempt();
  const canSave = useWorkbenchState(canLoadDataset);
  const [draft, setDraft] = useState(classNames.join('\n'));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const names = draft.trimEnd().split(/\r\n|\r|\n/);
    attempt(workbench.nameClasses(names).then(onClose));
  };
  return (
    <form onSubmit={submit}>
      <Textarea
        label={t('names')}
        description={t('namesHint', { classes: classNames.length })}
        autosize
        minRows={4}
        maxRows={12}
        value={draft}
        onChange={(event) => setDraft(event.currentTarget.value)}
      />
      <Group gap="xs" mt={8}>
        <Button type="submit" disabled={!canSave}>
          {t('saveNames')}
        </Button>
        <Button variant="default" onClick={onClose}>
          {t('keepNames')}
        </Button>
      </Group>
    </form>
  );
}

import { Group, NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useWorkbench, useWorkbenchState } from '../../../app/useStore.ts';
import type { DatasetSummary } from '../../../domain/data/dataset.ts';
import { codePages, type ReadingChoices } from '../../../domain/data/readingChoices.ts';
import { useAttempt } from '../../components/useAttempt.ts';
import { canLoadDataset, choicesOf } from './selectors.ts';

/** Reads the files again with another decision in place of what was assumed, while they are at hand. */
export function ReadingChoicesForm({ summary }: { readonly summary: DatasetSummary }) {
  const { t } = useTranslation('dataset');
  const workbench = useWorkbench();
  const attempt = useAttempt();
  const isFree = useWorkbenchState(canLoadDataset);
  const { choices } = summary;
  if (!choices) return null;
  const options: Record<string, readonly string[]> = {
    labelColumn: ['first', 'last', 'none'],
    orientation: ['asStored', 'turned'],
    codePage: codePages,
    roles: ['swapped'],
  };
  const decide = (name: string, value: string) => {
    const { [name as keyof ReadingChoices]: _, ...others } = choices;
    // What the lists offer is what a choice may be.
    const next = (value === '' ? others : { ...others, [name]: value }) as ReadingChoices;
    attempt(workbench.rereadDataset(next));
  };
  return (
    <Group gap="xs" mt={6} align="end" grow preventGrowOverflow={false}>
      {choicesOf(summary).map((name) => (
        <NativeSelect
          key={name}
          label={t(`choice.${name}`)}
          disabled={!isFree}
          value={choices[name] ?? ''}
          onChange={(event) => decide(name, event.currentTarget.value)}
          data={[
            { value: '', label: t('choice.auto') },
            ...(options[name] ?? []).map((value) => ({
              value,
              label: name === 'codePage' ? value : t(`choice.${name}.${value}`),
            })),
          ]}
        />
      ))}
    </Group>
  );
}

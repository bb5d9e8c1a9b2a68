import { Button, Group, Text, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useWorkbench, useWorkbenchState } from '../../../app/useStore.ts';
import { recipeRanges } from '../../../domain/recipe.ts';
import { formatExact } from '../../components/format.ts';
import { ignoreRefusal } from '../../components/ignoreRefusal.ts';
import { readNumber } from '../../components/numberText.ts';
import { useLanguage } from '../../components/useLanguage.ts';
import { learningRateNow } from './selectors.ts';

/** Changes the learning rate of a run that trains or is paused, and says what it is now. */
export function LearningRateNow() {
  const { t } = useTranslation('training');
  const language = useLanguage();
  const workbench = useWorkbench();
  const height = useWorkbenchState((state) => learningRateNow(state)?.height);
  const current = useWorkbenchState((state) => learningRateNow(state)?.current);
  const [draft, setDraft] = useState<string>();
  if (height === undefined || current === undefined) return null;

  const { min, max } = recipeRanges.learningRate;
  const typed = readNumber(draft ?? String(height), { min, max }, false);
  const exact = (value: number) => formatExact(Number(value.toPrecision(3)), language);
  const change = (event: FormEvent) => {
    event.preventDefault();
    if (typed === undefined) return;
    ignoreRefusal(workbench.changeLearningRate(typed).then(() => setDraft(undefined)));
  };
  return (
    <form onSubmit={change} noValidate>
      <Group gap={8} align="flex-end">
        <TextInput
          size="xs"
          w={130}
          type="number"
          inputMode="decimal"
          step={0.0001}
          className="wb-tabular"
          label={t('learningRate')}
          value={draft ?? String(height)}
          {...{ min, max }}
          error={typed === undefined}
          onChange={(event) => setDraft(event.currentTarget.value)}
        />
        <Button type="submit" variant="default" disabled={typed === undefined || typed === height}>
          {t('changeRate')}
        </Button>
        <Text size="xs" c="dimmed" pb={7} className="wb-tabular">
          {typed === undefined
            ? t('rateRange', { min: exact(min), max: exact(max) })
            : t('rateNow', { rate: exact(current) })}
        </Text>
      </Group>
    </form>
  );
}

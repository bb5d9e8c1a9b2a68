import { Button, Group, Text, TextInput } from '@mantine/core';
import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useWorkbench, useWorkbenchState } from '../../../app/useStore.ts';
import { recipeRanges } from '../../../domain/recipe/recipe.ts';
import { formatExact } from '../../components/format.ts';
import { useAttempt } from '../../components/useAttempt.ts';
import { useLanguage } from '../../components/useLanguage.ts';
import { useTypedNumber } from '../../components/useTypedNumber.ts';
import { learningRateNow } from './selectors.ts';

/** The recipe's field goes as far. */
const STEP = 0.0001;

/** Changes the learning rate of a run that trains or is paused, and says what it is now. */
export function LearningRateNow() {
  const runId = useWorkbenchState(({ run }) => run?.record.id);
  const height = useWorkbenchState((state) => learningRateNow(state)?.height);
  const current = useWorkbenchState((state) => learningRateNow(state)?.current);
  if (height === undefined || current === undefined) return null;
  return <RateForm key={runId} height={height} current={current} />;
}

interface RateFormProps {
  /** The rate that the schedule scales, and what comes of it at the next step. */
  readonly height: number;
  readonly current: number;
}

function RateForm({ height, current }: RateFormProps) {
  const { t } = useTranslation('training');
  const language = useLanguage();
  const workbench = useWorkbench();
  const attempt = useAttempt();
  const { min, max } = recipeRanges.learningRate;
  const range = { min, max };
  const { typed, drop, inputProps } = useTypedNumber({
    ...{ value: height, range, whole: false, step: STEP },
  });
  const exact = (value: number) => formatExact(Number(value.toPrecision(3)), language);
  const change = (event: FormEvent) => {
    event.preventDefault();
    if (typed === undefined) return;
    // Refused, it would look as if it held.
    attempt(workbench.changeLearningRate(typed).finally(drop));
  };
  return (
    <form onSubmit={change} noValidate>
      <Group gap={8} align="flex-end">
        <TextInput
          {...inputProps}
          size="xs"
          w={130}
          className="wb-tabular"
          label={t('learningRate')}
          error={typed === undefined}
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

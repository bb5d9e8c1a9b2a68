import { Button, Group, Text, TextInput } from '@mantine/core';
import { StepForward } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useWorkbench } from '../../../app/useStore.ts';
import { recipeRanges } from '../../../domain/recipe.ts';
import { useAttempt } from '../../components/useAttempt.ts';
import { useTypedNumber } from '../../components/useTypedNumber.ts';

const FIRST_OFFER = 500;
const STEP = 100;

/** Gives a finished run, or imported weights, some more steps. */
export function TrainOn({ disabled }: { readonly disabled: boolean }) {
  const { t } = useTranslation('training');
  const workbench = useWorkbench();
  const attempt = useAttempt();
  const { typed: moreSteps, inputProps } = useTypedNumber({
    ...{ value: FIRST_OFFER, range: recipeRanges.steps, whole: true, step: STEP },
  });
  return (
    <Group gap={8} wrap="nowrap">
      <Button
        size="md"
        variant="default"
        px="sm"
        leftSection={<StepForward size={17} aria-hidden />}
        disabled={disabled || moreSteps === undefined}
        onClick={() => attempt(workbench.resume(moreSteps))}
      >
        {t('trainOn')}
      </Button>
      <TextInput
        {...inputProps}
        size="sm"
        w={84}
        className="wb-tabular"
        aria-label={t('moreSteps')}
        error={moreSteps === undefined}
        disabled={disabled}
      />
      <Text size="sm" c="dimmed" style={{ whiteSpace: 'nowrap' }} aria-hidden>
        {t('moreStepsUnit')}
      </Text>
    </Group>
  );
}

import { Button, Group, NumberInput, Text } from '@mantine/core';
import { StepForward } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useWorkbench } from '../../../app/useStore.ts';
import { recipeRanges } from '../../../domain/recipe.ts';
import { ignoreRefusal } from '../../components/ignoreRefusal.ts';
import { readNumber } from '../../components/numberText.ts';

const FIRST_OFFER = 500;

/** Gives a finished run, or imported weights, some more steps. */
export function TrainOn({ disabled }: { readonly disabled: boolean }) {
  const { t } = useTranslation('training');
  const workbench = useWorkbench();
  const [typed, setTyped] = useState<string | number>(FIRST_OFFER);
  const moreSteps = readNumber(String(typed), recipeRanges.steps, true);
  return (
    <Group gap={8} wrap="nowrap">
      <Button
        size="md"
        variant="default"
        px="sm"
        leftSection={<StepForward size={17} aria-hidden />}
        disabled={disabled || moreSteps === undefined}
        onClick={() => ignoreRefusal(workbench.resume(moreSteps))}
      >
        {t('trainOn')}
      </Button>
      <NumberInput
        size="sm"
        w={84}
        aria-label={t('moreSteps')}
        value={typed}
        onChange={setTyped}
        min={recipeRanges.steps.min}
        max={recipeRanges.steps.max}
        step={100}
        allowDecimal={false}
        error={moreSteps === undefined}
        disabled={disabled}
        hideControls
      />
      <Text size="sm" c="dimmed" style={{ whiteSpace: 'nowrap' }} aria-hidden>
        {t('moreStepsUnit')}
      </Text>
    </Group>
  );
}

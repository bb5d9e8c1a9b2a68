import { Button, Group, Text, TextInput } from '@mantine/core';
import { StepForward } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useWorkbench, useWorkbenchState } from '../../../app/useStore.ts';
import { recipeRanges } from '../../../domain/recipe/recipe.ts';
import { formatExact } from '../../components/format.ts';
import { useAttempt } from '../../components/useAttempt.ts';
import { useLanguage } from '../../components/useLanguage.ts';
import { useTypedNumber } from '../../components/useTypedNumber.ts';
import { rateOfMore } from './selectors.ts';

const FIRST_OFFER = 500;
const STEP = 100;

/** Gives a finished run, or imported weights, some more steps. */
export function TrainOn({ disabled }: { readonly disabled: boolean }) {
  const { t } = useTranslation('training');
  const workbench = useWorkbench();
  const language = useLanguage();
  const attempt = useAttempt();
  const { typed: moreSteps, inputProps } = useTypedNumber({
    ...{ value: FIRST_OFFER, range: recipeRanges.steps, whole: true, step: STEP },
  });
  const rate = useWorkbenchState((state) => rateOfMore(state, moreSteps ?? FIRST_OFFER));
  return (
    <div>
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
      {rate !== undefined && (
        <Text size="xs" c="dimmed" mt={4} className="wb-tabular">
          {t('rateOfMore', { rate: formatExact(Number(rate.toPrecision(3)), language) })}
        </Text>
      )}
    </div>
  );
}

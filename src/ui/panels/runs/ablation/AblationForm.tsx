import { Button, Checkbox, Group, Text } from '@mantine/core';
import { FlaskConical } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useWorkbench, useWorkbenchState } from '../../../../app/useStore.ts';
import { type Ingredient, ingredients, ingredientsOf } from '../../../../domain/ablation.ts';
import { recipeRanges } from '../../../../domain/recipe.ts';
import { formatCount } from '../../../components/format.ts';
import { NumberField } from '../../../components/NumberField.tsx';
import { Sentences } from '../../../components/Sentences.tsx';
import { useAttempt } from '../../../components/useAttempt.ts';
import { useLanguage } from '../../../components/useLanguage.ts';
import classes from './ablation.module.css';
import { canRunAblation } from './selectors.ts';
import { useFrameWords } from './useFrameWords.ts';

const STEP_OF_STEPS = 100;

/** Asks for the length of the runs and for the ingredients. */
export function AblationForm() {
  const { t } = useTranslation('ablation');
  const language = useLanguage();
  const workbench = useWorkbench();
  const attempt = useAttempt();
  const recipe = useWorkbenchState((state) => state.recipe);
  const canRun = useWorkbenchState(canRunAblation);
  const frameWords = useFrameWords();
  const [typedSteps, setTypedSteps] = useState<number>();
  const [chosen, setChosen] = useState<readonly Ingredient[]>(ingredients);
  const steps = typedSteps ?? recipe.steps;
  const offered = ingredientsOf(recipe);
  const used = offered.filter((id) => chosen.includes(id));
  const choose = (values: readonly string[]) =>
    setChosen(ingredients.filter((id) => values.includes(id)));
  return (
    <>
      <Checkbox.Group label={t('ingredients')} value={[...used]} onChange={choose}>
        <Group gap="6px 18px" mt={4}>
          {offered.map((id) => (
            <Checkbox key={id} size="xs" value={id} label={t(`ingredient.${id}`)} />
          ))}
        </Group>
      </Checkbox.Group>
      <div className={classes.form}>
        <NumberField
          label={t('steps')}
          description={t('stepsNote')}
          value={steps}
          range={recipeRanges.steps}
          whole
          step={STEP_OF_STEPS}
          error={t('stepsError', recipeRanges.steps)}
          disabled={!canRun}
          onCommit={setTypedSteps}
        />
        <Button
          leftSection={<FlaskConical size={15} aria-hidden />}
          disabled={!canRun}
          onClick={() => attempt(workbench.runAblation(used, { steps }))}
        >
          {t('run')}
        </Button>
      </div>
      <Text size="xs" c="dimmed" className="wb-tabular">
        <Sentences
          all={[
            t('runsToCome', { count: used.length + 2, steps: formatCount(steps, language) }),
            t('frame', frameWords(recipe)),
          ]}
        />
      </Text>
    </>
  );
}

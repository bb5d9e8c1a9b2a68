import { Button, Checkbox, Group, Text } from '@mantine/core';
import { FlaskConical } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useWorkbench, useWorkbenchState } from '../../../../app/useStore.ts';
import {
  type Ingredient,
  ingredients,
  ingredientsOf,
  usualAblation,
  usualTrainingImages,
} from '../../../../domain/ablation/ablation.ts';
import { MOST_RUNS } from '../../../../domain/metrics/differenceInterval.ts';
import { recipeRanges } from '../../../../domain/recipe/recipe.ts';
import { formatCount } from '../../../components/format.ts';
import { NumberField } from '../../../components/NumberField.tsx';
import { Sentences } from '../../../components/Sentences.tsx';
import { useAttempt } from '../../../components/useAttempt.ts';
import { useLanguage } from '../../../components/useLanguage.ts';
import classes from './ablation.module.css';
import { FewEpochs } from './FewEpochs.tsx';
import { canRunAblation, labelledImages } from './selectors.ts';
import { useFrameWords } from './useFrameWords.ts';

const STEP_OF_STEPS = 100;
const STEP_OF_IMAGES = 1000;
const seedsRange = { min: 1, max: MOST_RUNS };

/** Asks for the ingredients, the length of the runs, their images and how many there are of each. */
export function AblationForm() {
  const { t } = useTranslation('ablation');
  const language = useLanguage();
  const workbench = useWorkbench();
  const attempt = useAttempt();
  const recipe = useWorkbenchState((state) => state.recipe);
  const canRun = useWorkbenchState(canRunAblation);
  const labelled = useWorkbenchState(labelledImages);
  const frameWords = useFrameWords();
  const [steps, setSteps] = useState<number>(usualAblation.steps);
  const [seeds, setSeeds] = useState<number>(usualAblation.seeds);
  const [typedImages, setTypedImages] = useState<number>();
  const [chosen, setChosen] = useState<readonly Ingredient[]>(ingredients);
  const imagesRange = { min: 1, max: Math.max(1, labelled - 1) };
  const trainingImages = Math.min(typedImages ?? usualTrainingImages(labelled), imagesRange.max);
  const offered = ingredientsOf(recipe);
  const used = offered.filter((id) => chosen.includes(id));
  const frame = { ...recipe, steps };
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
          error={t('rangeError', recipeRanges.steps)}
          disabled={!canRun}
          onCommit={setSteps}
        />
        <NumberField
          label={t('trainingImages')}
          description={t('trainingImagesNote')}
          value={trainingImages}
          range={imagesRange}
          whole
          step={STEP_OF_IMAGES}
          error={t('rangeError', imagesRange)}
          disabled={!canRun}
          onCommit={setTypedImages}
        />
        <NumberField
          label={t('seeds')}
          description={t('seedsNote')}
          value={seeds}
          range={seedsRange}
          whole
          step={1}
          error={t('rangeError', seedsRange)}
          disabled={!canRun}
          onCommit={setSeeds}
        />
        <Button
          leftSection={<FlaskConical size={15} aria-hidden />}
          disabled={!canRun}
          onClick={() => attempt(workbench.runAblation(used, { steps, seeds, trainingImages }))}
        >
          {t('run')}
        </Button>
      </div>
      <Text size="xs" c="dimmed" className="wb-tabular">
        <Sentences
          all={[
            t('runsToCome', {
              ...frameWords(frame, trainingImages, seeds),
              ...{ count: (used.length + 2) * seeds, recipes: used.length + 2, seeds },
              images: formatCount(trainingImages, language),
            }),
            t('frame', frameWords(frame, trainingImages, seeds)),
          ]}
        />
      </Text>
      <FewEpochs frame={frame} trainingImages={trainingImages} />
    </>
  );
}

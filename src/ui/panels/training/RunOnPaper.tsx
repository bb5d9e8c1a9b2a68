import { useTranslation } from 'react-i18next';
import { useWorkbenchState } from '../../../app/useStore.ts';
import { hyperparameters } from '../../../domain/recipe/recipeDifference.ts';
import { plannedSteps } from '../../../domain/runs/run.ts';
import { formatCount, formatDate } from '../../components/format.ts';
import { useLanguage } from '../../components/useLanguage.ts';
import { useRecipeWords } from '../runs/compare/useRecipeWords.ts';
import classes from './training.module.css';

/** Which run a printed page is the record of: on the screen, other panels say so. */
export function RunOnPaper() {
  const { t } = useTranslation('training');
  const language = useLanguage();
  const words = useRecipeWords();
  const run = useWorkbenchState((state) => state.run);
  if (!run) return null;
  const { record, step } = run;
  const { name, recipe, datasetName, engine, updatedAt } = record;
  const steps = plannedSteps(record);
  return (
    <div className={`wb-print-only ${classes.paper}`}>
      <p className={classes.paperName}>{name}</p>
      <p>
        {t('paper.state', {
          step: formatCount(step, language),
          steps: formatCount(steps, language),
          ...{ dataset: datasetName, engine, date: formatDate(updatedAt, language) },
        })}
      </p>
      <dl className={classes.paperRecipe} aria-label={t('paper.recipe')}>
        {hyperparameters.map((key) => (
          <div key={key}>
            <dt>{words.nameOf(key)}</dt>
            <dd>{words.settingOf(recipe, key)}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

import { useTranslation } from 'react-i18next';
import { useWorkbenchState } from '../../../app/useStore.ts';
import { hyperparameters } from '../../../domain/recipe/recipeDifference.ts';
import { plannedSteps, type RunRecord } from '../../../domain/runs/run.ts';
import { formatCount, formatDate } from '../../components/format.ts';
import { useLanguage } from '../../components/useLanguage.ts';
import { useRecipeWords } from '../runs/compare/useRecipeWords.ts';
import classes from './training.module.css';

/** Which run a printed page is the record of: on the screen, other panels say so. */
export function RunOnPaper() {
  const { t } = useTranslation('training');
  const words = useRecipeWords();
  const record = useWorkbenchState((state) => state.run?.record);
  if (!record) return null;
  const { name, recipe } = record;
  return (
    <div className={`wb-print-only ${classes.paper}`}>
      <p className={classes.paperName}>{name}</p>
      <StateOnPaper record={record} />
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

function StateOnPaper({ record }: { readonly record: RunRecord }) {
  const { t } = useTranslation('training');
  const language = useLanguage();
  const step = useWorkbenchState(({ run }) => run?.step ?? 0);
  const { datasetName, engine, updatedAt } = record;
  return (
    <p>
      {t('paper.state', {
        step: formatCount(step, language),
        steps: formatCount(plannedSteps(record), language),
        ...{ dataset: datasetName, engine, date: formatDate(updatedAt, language) },
      })}
    </p>
  );
}

import { Button, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useWorkbench } from '../../../app/useStore.ts';
import type { KeptEvaluation } from '../../../domain/metrics/keptEvaluation.ts';
import type { RunSummary } from '../../../domain/runs/run.ts';
import { formatCount } from '../../components/format.ts';
import { useLanguage } from '../../components/useLanguage.ts';
import { GalleryImage } from '../evaluation/GalleryImage.tsx';
import classes from './RunMistakes.module.css';

/** A row of a card's width. */
const FIRST_SHOWN = 6;

/** Some of the test images that the run read wrongly, the most confident mistakes first. */
export function RunMistakes({ run }: { readonly run: RunSummary }) {
  const { t } = useTranslation('runs');
  const language = useLanguage();
  const evaluation = useKeptEvaluation(run);
  const [showsAll, { toggle }] = useDisclosure(false);
  if (!evaluation || evaluation.mistakes.length === 0) return null;
  const { mistakes, shape, classNames, step } = evaluation;
  const nameOf = (index: number) => classNames[index] ?? String(index);
  const label = t('mistakes', { step: formatCount(step, language) });
  return (
    <div className={classes.mistakes}>
      <Text size="xs" c="dimmed" className="wb-tabular">
        {label}
      </Text>
      <ul className={classes.grid} aria-label={label}>
        {mistakes.slice(0, showsAll ? undefined : FIRST_SHOWN).map((mistake) => (
          <li key={mistake.index}>
            <GalleryImage
              pixels={mistake.pixels}
              shape={shape}
              truth={nameOf(mistake.truth)}
              predicted={nameOf(mistake.predicted)}
              confidence={mistake.confidence}
            />
          </li>
        ))}
      </ul>
      {mistakes.length > FIRST_SHOWN && (
        <Button variant="subtle" size="compact-xs" aria-expanded={showsAll} onClick={toggle}>
          {showsAll ? t('fewerMistakes') : t('allMistakes', { total: mistakes.length })}
        </Button>
      )}
    </div>
  );
}

/** Fetched again when another evaluation was kept: the figure, or the number of mistakes, is another. */
function useKeptEvaluation({ id, mistakes = 0, test }: RunSummary): KeptEvaluation | undefined {
  const workbench = useWorkbench();
  const [evaluation, setEvaluation] = useState<KeptEvaluation>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: they tell that there is another.
  useEffect(() => {
    if (mistakes === 0) {
      setEvaluation(undefined);
      return;
    }
    let isWanted = true;
    const show = (kept: KeptEvaluation | undefined) => {
      if (isWanted) setEvaluation(kept);
    };
    // A refusal already stands among the notices.
    workbench.runEvaluation(id).then(show, () => undefined);
    return () => {
      isWanted = false;
    };
  }, [workbench, id, mistakes, test?.step, test?.accuracy, test?.datasetId]);
  return evaluation;
}

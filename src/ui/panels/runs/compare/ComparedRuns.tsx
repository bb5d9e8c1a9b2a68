import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { handicapsOf, type Verdict, verdictOf } from '../../../../domain/metrics/verdict.ts';
import { LookSample } from '../../../charts/LookSample.tsx';
import { formatCount, formatPercent } from '../../../components/format.ts';
import { useLanguage } from '../../../components/useLanguage.ts';
import classes from './compare.module.css';
import type { ComparedRun, LegendKey } from './selectors.ts';
import { useRecipeWords } from './useRecipeWords.ts';

interface ComparedRunsProps {
  readonly runs: readonly ComparedRun[];
  /** What sets them apart. */
  readonly legend: readonly LegendKey[];
  /** The run whose curves stand out. */
  readonly emphasized: string | undefined;
  readonly onEmphasize: (id: string | undefined) => void;
}

/** The legend: how each run is drawn, what sets it apart, and what its curves say. */
export function ComparedRuns({ runs, legend, emphasized, onEmphasize }: ComparedRunsProps) {
  const { t } = useTranslation('compare');
  const { differences } = useRecipeWords();
  return (
    <ul className={classes.runs} aria-label={t('runs')}>
      {runs.map(({ record, look }) => (
        <li key={record.id}>
          <button
            type="button"
            className={classes.runName}
            title={t('emphasize')}
            aria-pressed={emphasized === record.id}
            onClick={() => onEmphasize(emphasized === record.id ? undefined : record.id)}
          >
            <LookSample look={look} />
            <span>{record.name}</span>
          </button>
          {legend.length > 0 && (
            <Text size="xs" className="wb-tabular">
              {differences(record.recipe, legend)}
            </Text>
          )}
          <VerdictWords {...{ record }} />
        </li>
      ))}
    </ul>
  );
}

function VerdictWords({ record }: Pick<ComparedRun, 'record'>) {
  const { t } = useTranslation('compare');
  const language = useLanguage();
  const verdict = verdictOf(record.history, record.recipe);
  const handicaps = verdict.kind === 'unknown' ? [] : handicapsOf(record.recipe);
  const causes = handicaps.map((handicap) => t(`handicap.${handicap}`)).join(t('and'));
  return (
    <Text size="xs" className="wb-tabular" data-verdict={verdict.kind}>
      <span className={isBad(verdict) ? classes.bad : undefined}>
        {isBad(verdict) && <span aria-hidden>▲ </span>}
        <span>
          {t(`verdict.${verdict.kind}`, {
            step: 'step' in verdict ? formatCount(verdict.step, language) : '',
            rise: 'rise' in verdict ? formatPercent(verdict.rise, language, 0) : '',
          })}
        </span>
      </span>
      {handicaps.length > 0 && (
        <Text span c="dimmed" size="xs">
          {` ${t('harder', { causes })}`}
        </Text>
      )}
    </Text>
  );
}

function isBad({ kind }: Verdict): boolean {
  return kind === 'overfits' || kind === 'rises';
}

import { useTranslation } from 'react-i18next';
import type { RunSummary } from '../../../domain/runs/run.ts';
import { Figure } from '../../components/Figure.tsx';
import { formatBytes, formatPercent } from '../../components/format.ts';
import { useLanguage } from '../../components/useLanguage.ts';
import { useTestWords } from './useTestWords.ts';

/** How well a run did, and the room that it takes. */
export function RunFigures({ run }: { readonly run: RunSummary }) {
  const { t } = useTranslation('runs');
  const language = useLanguage();
  const percent = (share: number | undefined) =>
    share === undefined ? t('none') : formatPercent(share, language);
  const test = useTestWords()(run);
  const remarks = [test?.interval, test?.departures].filter(Boolean).join(' · ');
  return (
    <div className="wb-figures">
      <Figure label={t('validationAccuracy')} value={percent(run.validationAccuracy)} />
      <Figure
        label={t('testAccuracy')}
        value={test?.accuracy ?? t('none')}
        unit={remarks === '' ? undefined : remarks}
      />
      <Figure label={t('size')} value={formatBytes(run.storedBytes, language)} />
    </div>
  );
}

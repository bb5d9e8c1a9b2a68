import { useTranslation } from 'react-i18next';
import { useWorkbenchState } from '../../../app/useStore.ts';
import type { EngineChoice } from '../../../domain/machine/engineReport.ts';
import { formatDuration } from '../../components/format.ts';
import { useLanguage } from '../../components/useLanguage.ts';
import { engineSeconds } from './selectors.ts';

interface EngineEstimateProps {
  readonly choice: EngineChoice;
}

/** How long training takes on an engine, where a choice depends on it. */
export function EngineEstimate({ choice }: EngineEstimateProps) {
  const { t } = useTranslation('header');
  const language = useLanguage();
  const seconds = useWorkbenchState((state) =>
    engineSeconds(choice, state, navigator.hardwareConcurrency),
  );
  if (seconds === undefined) return null;
  return <>{t('estimate', { time: formatDuration(seconds, language) })}</>;
}

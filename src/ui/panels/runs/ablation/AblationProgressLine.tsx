import { Progress, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { formatCount, formatDuration } from '../../../components/format.ts';
import { useLanguage } from '../../../components/useLanguage.ts';
import { type AblationProgress, type ActiveProgress, isActive } from './selectors.ts';

/** How far the queue is, in words and as a bar. */
export function AblationProgressLine({ progress }: { readonly progress: AblationProgress }) {
  const { t } = useTranslation('ablation');
  return (
    <div>
      <Text size="sm" className="wb-tabular" role="status">
        {isActive(progress) ? (
          <ActiveWords progress={progress} />
        ) : (
          <>
            <span>
              {t(`state.${progress.kind}`, { done: progress.done, total: progress.total })}
            </span>
            {progress.failed > 0 && <span>{` ${t('failures', { failed: progress.failed })}`}</span>}
          </>
        )}
      </Text>
      {isActive(progress) && (
        <Progress mt={6} value={100 * progress.share} aria-label={t('progress')} />
      )}
    </div>
  );
}

function ActiveWords({ progress }: { readonly progress: ActiveProgress }) {
  const { t } = useTranslation('ablation');
  const language = useLanguage();
  const { kind, number, total, variant, seed, step, steps, secondsLeft } = progress;
  return (
    <>
      <span>
        {t(`state.${kind}`, {
          ...{ number, total, variant: t(`variant.${variant}`), seed },
          ...{ step: formatCount(step, language), steps: formatCount(steps, language) },
        })}
      </span>
      {secondsLeft !== undefined && (
        <span>{` ${t('timeLeft', { time: formatDuration(secondsLeft, language) })}`}</span>
      )}
    </>
  );
}

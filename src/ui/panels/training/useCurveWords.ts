import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { CurveWords } from '../../charts/CurveTooltip.tsx';
import { formatCount } from '../../components/format.ts';
import { useLanguage } from '../../components/useLanguage.ts';

/** The words of the charts; the same object until the language changes. */
export function useCurveWords(): CurveWords {
  const { t } = useTranslation('training');
  const language = useLanguage();
  return useMemo(
    () => ({
      step: t('step'),
      names: {
        raw: t('series.raw'),
        smoothed: t('series.smoothed'),
        validation: t('series.validation'),
      },
      measuredAt: (step) => t('measuredAt', { step: formatCount(step, language) }),
    }),
    [t, language],
  );
}

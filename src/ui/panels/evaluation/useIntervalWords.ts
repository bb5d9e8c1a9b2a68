import { useTranslation } from 'react-i18next';
import { accuracyInterval } from '../../../domain/metrics/wilson.ts';
import { formatRange } from '../../components/format.ts';
import { useLanguage } from '../../components/useLanguage.ts';

/** Says where an accuracy measured on so many images may lie in truth; undefined where there are none. */
export function useIntervalWords(): (accuracy: number, images: number) => string | undefined {
  const { t } = useTranslation('evaluation');
  const language = useLanguage();
  return (accuracy, images) =>
    images === 0
      ? undefined
      : t('interval', { range: formatRange(accuracyInterval(accuracy, images), language) });
}

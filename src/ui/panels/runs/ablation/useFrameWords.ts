import { useTranslation } from 'react-i18next';
import type { AblationFrame } from '../../../../domain/ablation.ts';
import { formatCount, formatWidth } from '../../../components/format.ts';
import { useLanguage } from '../../../components/useLanguage.ts';

type Named = Pick<AblationFrame, 'architecture' | 'width' | 'batchSize' | 'seed' | 'steps'>;

/** What all rows have in common, for the texts. */
export function useFrameWords(): (frame: Named) => Readonly<Record<string, string>> {
  const { t } = useTranslation('ablation');
  const language = useLanguage();
  return ({ architecture, width, batchSize, seed, steps }) => ({
    network: t(`network.${architecture}`, { width: formatWidth(width) }),
    batch: formatCount(batchSize, language),
    steps: formatCount(steps, language),
    seed: String(seed),
  });
}

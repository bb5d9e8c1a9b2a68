import { useMemo } from 'react';
import type { Metric } from '../../charts/curves.ts';
import { formatCompact, formatCount, formatLoss, formatPercent } from '../../components/format.ts';
import { useLanguage } from '../../components/useLanguage.ts';

/** How the numbers of a chart are written; the same functions until the language changes. */
export function useMetricFormats(metric: Metric) {
  const language = useLanguage();
  return useMemo(() => {
    const percent = (digits: number) => (share: number) => formatPercent(share, language, digits);
    return {
      formatStep: (step: number) => formatCount(step, language),
      formatTick:
        metric === 'loss'
          ? (loss: number) => formatCompact(loss, language)
          : (share: number) =>
              percent(Number.isInteger(Math.round(share * 1e6) / 1e4) ? 0 : 1)(share),
      formatValue: metric === 'loss' ? (loss: number) => formatLoss(loss, language) : percent(2),
    };
  }, [metric, language]);
}

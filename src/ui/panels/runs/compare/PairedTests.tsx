import { Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { PairedComparison } from '../../../../domain/metrics/pairedComparison.ts';
import { formatCount, formatPoints, formatPValue } from '../../../components/format.ts';
import { useLanguage } from '../../../components/useLanguage.ts';
import type { ComparedRun } from './selectors.ts';
import { usePairedComparisons } from './usePairedComparisons.ts';

/** Whether each of the runs reads the test images better than the first, or other ones by chance. */
export function PairedTests({ runs }: { readonly runs: readonly ComparedRun[] }) {
  const { t } = useTranslation('compare');
  const comparisons = usePairedComparisons(runs);
  const [first, ...others] = runs;
  if (!first || others.length === 0) return null;
  return (
    <section aria-labelledby="runs-paired">
      <Title order={4} id="runs-paired">
        {t('paired')}
      </Title>
      <Text size="xs" c="dimmed" mb={6}>
        {t('pairedHelp')}
      </Text>
      {others.map(({ record }) => (
        <PairedLine
          key={record.id}
          names={{ first: first.record.name, second: record.name }}
          comparison={comparisons.get(record.id)}
        />
      ))}
    </section>
  );
}

interface PairedLineProps {
  readonly names: { readonly first: string; readonly second: string };
  readonly comparison: PairedComparison | undefined;
}

function PairedLine({ names, comparison }: PairedLineProps) {
  const { t } = useTranslation('compare');
  const language = useLanguage();
  if (!comparison) {
    return (
      <Text size="sm" data-paired="none">
        {t('pairedNone', names)}
      </Text>
    );
  }
  const { difference, onlyFirst, onlySecond, images, p, method } = comparison;
  const points = (share: number) => formatPoints(share, language);
  const isClear = p < SIGNIFICANT;
  return (
    <Text size="sm" className="wb-tabular" data-paired={isClear ? 'clear' : 'chance'}>
      {t(isClear ? 'pairedClear' : 'pairedChance', {
        ...names,
        difference: points(difference.mean),
        low: points(difference.low),
        high: points(difference.high),
        onlyFirst: formatCount(onlyFirst, language),
        onlySecond: formatCount(onlySecond, language),
        images: formatCount(images, language),
        p: formatPValue(p, language),
        method: t(`method.${method}`),
      })}
    </Text>
  );
}

const SIGNIFICANT = 0.05;

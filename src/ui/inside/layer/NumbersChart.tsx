import { Text } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { histogramOf } from '../../../domain/inside/histogram.ts';
import { formatPercent } from '../../components/format.ts';
import { useLanguage } from '../../components/useLanguage.ts';
import { formatSignal } from '../formatSignal.ts';
import classes from './layer.module.css';

/** Fewer are not worth a word. */
const LEAST_ZEROS = 0.005;
const WIDTH = 150;
const HEIGHT = 38;

interface NumbersChartProps {
  readonly title: string;
  readonly values: ArrayLike<number>;
}

/** How large numbers are, and how many of them; zeros are said, as they would hide the others. */
export function NumbersChart({ title, values }: NumbersChartProps) {
  const { t } = useTranslation('layer');
  const language = useLanguage();
  const histogram = useMemo(() => {
    const all = histogramOf(values);
    if (!all || all.zeros === 0) return all;
    const others = histogramOf(Array.from(values).filter((value) => value !== 0));
    return others ? { ...others, zeros: all.zeros } : all;
  }, [values]);
  if (!histogram) return null;
  const { least, greatest, counts, zeros, mean, deviation } = histogram;
  const most = Math.max(...counts);
  const step = WIDTH / counts.length;
  const width = Math.max(0.5, step - 0.6);
  const bars = Array.from(
    counts,
    (count, bin) => `M${bin * step} ${HEIGHT}v${(-HEIGHT * count) / most}h${width}V${HEIGHT}z`,
  );
  const number = (value: number) => formatSignal(value, language);
  const words = t('histogram', {
    of: title,
    least: number(least),
    greatest: number(greatest),
    mean: number(mean),
    deviation: number(deviation),
  });
  return (
    <div className={classes.numbers}>
      <Text size="xs" fw={600}>
        {title}
      </Text>
      {zeros / values.length > LEAST_ZEROS && (
        <Text className={classes.zeros ?? ''} size="xs" c="dimmed">
          {t('zeros', { share: formatPercent(zeros / values.length, language, 0) })}
        </Text>
      )}
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} className={classes.histogram} role="img">
        <title>{words}</title>
        <path d={bars.join('')} />
      </svg>
      <div className={classes.ends}>
        <span>{number(least)}</span>
        <span>{number(greatest)}</span>
      </div>
    </div>
  );
}

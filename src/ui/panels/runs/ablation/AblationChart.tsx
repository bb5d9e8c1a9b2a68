import { Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import {
  Bar,
  BarChart,
  CartesianGrid,
  Cell,
  ErrorBar,
  ReferenceLine,
  XAxis,
  YAxis,
} from 'recharts';
import type { VariantFigures } from '../../../../domain/ablation/ablationFigures.ts';
import { linearAxis } from '../../../charts/axis.ts';
import { formatPercent } from '../../../components/format.ts';
import { useLanguage } from '../../../components/useLanguage.ts';
import classes from './ablation.module.css';

const ROW_HEIGHT = 30;
const AXIS_HEIGHT = 30;
const NAME_WIDTH = 184;
const TICKS = 4;
const MARGIN = { top: 4, right: 22, bottom: 0, left: 0 };

/** The validation error of each recipe as a bar, with its uncertainty: the shorter the better. */
export function AblationChart({ figures }: { readonly figures: readonly VariantFigures[] }) {
  const { t } = useTranslation('ablation');
  const language = useLanguage();
  const percent = (share: number) => formatPercent(share, language, 1);
  const seed = figures.find(({ variant }) => variant === 'seed');
  const axis = linearAxis(
    0,
    figures.map(({ accuracy }) => 1 - accuracy.low),
    TICKS,
  );
  const data = figures.map(({ variant, accuracy: { mean, low, high } }) => ({
    ...{ variant, error: 1 - mean, name: t(`variant.${variant}`) },
    // How far the error may lie below and above: where the accuracy is high, the error is low.
    spread: [Math.min(high, 1) - mean, mean - low],
  }));
  return (
    <figure className={classes.figure}>
      <Title order={4}>{t('chart')}</Title>
      <BarChart
        data={data}
        layout="vertical"
        responsive
        title={t('chart')}
        margin={MARGIN}
        style={{ width: '100%', height: data.length * ROW_HEIGHT + AXIS_HEIGHT }}
      >
        <CartesianGrid stroke="var(--wb-line)" horizontal={false} />
        <XAxis
          type="number"
          domain={axis.domain}
          ticks={axis.ticks}
          height={AXIS_HEIGHT}
          stroke="var(--mantine-color-dimmed)"
          tick={tickLook}
          tickFormatter={percent}
        />
        <YAxis
          type="category"
          dataKey="name"
          width={NAME_WIDTH}
          interval={0}
          axisLine={false}
          tickLine={false}
          tick={nameLook}
        />
        {seed && (
          <ReferenceLine
            x={1 - seed.accuracy.mean}
            stroke="var(--wb-accent)"
            strokeDasharray="4 3"
          />
        )}
        <Bar dataKey="error" name={t('error')} isAnimationActive={false} barSize={14}>
          {data.map(({ variant }) => (
            <Cell key={variant} {...(isWhole(variant) ? wholeLook : partLook)} />
          ))}
          <ErrorBar
            dataKey="spread"
            direction="x"
            width={5}
            strokeWidth={1.2}
            stroke="var(--mantine-color-text)"
            isAnimationActive={false}
          />
        </Bar>
      </BarChart>
      <Text size="xs" c="dimmed">
        {t('chartNote')}
      </Text>
    </figure>
  );
}

const tickLook = { fill: 'var(--mantine-color-dimmed)', fontSize: 11 };
const nameLook = { fill: 'var(--mantine-color-text)', fontSize: 12 };

const partLook = { fill: 'var(--wb-bar)' };
/** Light enough for the thin line over it. */
const wholeLook = { fill: 'var(--wb-accent)', fillOpacity: 0.72 };

/** The two whole recipes stand out from those with one ingredient. */
function isWhole(variant: string): boolean {
  return variant === 'seed' || variant === 'improved';
}

import { Text } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { LayerReport } from '../../../domain/architecture/shapes.ts';
import type { Block } from '../../../domain/figure/blocks.ts';
import type { LayerFilters } from '../../../domain/inside/inspection.ts';
import type { Unit } from '../../../domain/inside/unit.ts';
import type { ValuesOf } from '../../../domain/inside/unitStory.ts';
import type { ShownBlocks } from '../useNetwork.ts';
import classes from './layer.module.css';
import { UnitSum } from './UnitSum.tsx';
import { unitSteps } from './unitSteps.ts';
import { isLarge } from './useFilters.ts';

interface UnitPartProps {
  readonly network: ShownBlocks;
  readonly block: Block;
  readonly unit: Unit;
  readonly valuesOf: ValuesOf | undefined;
  readonly filters: LayerFilters | undefined;
  /** The layer whose products the value goes back to. */
  readonly filtering: LayerReport | undefined;
}

/** How one number came about, in real numbers. */
export function UnitPart({ network, block, unit, valuesOf, filters, filtering }: UnitPartProps) {
  const { t } = useTranslation('layer');
  const { layer, y, x, channel } = unit;
  const steps = useMemo(() => {
    if (!valuesOf || !filters || filters.layer !== filtering?.layer.name) return undefined;
    return unitSteps(network.architecture, block, { layer, y, x, channel }, valuesOf, filters);
  }, [network, block, layer, y, x, channel, valuesOf, filters, filtering]);
  const nameOf = useMemo(() => {
    const { layers } = network.report;
    const index = filtering ? layers.indexOf(filtering) : -1;
    const flattened = layers
      .slice(0, index)
      .findLast(({ outputShape }) => outputShape.length === 3);
    const isFirstDense =
      filtering?.inputShape.length === 1 &&
      !layers.slice(0, index).some((report) => report.layer.kind === 'dense');
    const [, width = 1, channels = 1] = flattened?.outputShape ?? [];
    return (input: number) => {
      if (index === 0) return t('fromPixel');
      if (filtering?.inputShape.length === 3) return t('fromMap', { map: input });
      if (!isFirstDense) return t('fromUnit', { unit: input });
      const place = Math.floor(input / channels);
      return t('fromPlace', {
        ...{ map: input % channels, row: Math.floor(place / width), column: place % width },
      });
    };
  }, [network, filtering, t]);
  return (
    <div className={classes.part} style={{ justifyItems: 'stretch' }}>
      <Text size="sm" fw={600}>
        {t('story')}
      </Text>
      {steps ? (
        <UnitSum steps={steps} nameOf={nameOf} />
      ) : (
        <Text size="xs" c="dimmed">
          {isLarge(filtering) && !filters ? t('noWeights') : ''}
        </Text>
      )}
      <Text size="xs" c="dimmed">
        {t('field')}
      </Text>
    </div>
  );
}

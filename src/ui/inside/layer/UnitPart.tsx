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
import { originOf } from './originOf.ts';
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
    return (input: number) => {
      const origin = originOf(layers, filtering, input);
      switch (origin.kind) {
        case 'pixel':
          return t('fromPixel');
        case 'map':
          return t('fromMap', { map: origin.map });
        case 'unit':
          return t('fromUnit', { unit: origin.unit });
        case 'place':
          return t('fromPlace', { map: origin.map, row: origin.row, column: origin.column });
      }
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

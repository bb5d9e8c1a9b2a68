import { SegmentedControl, Text } from '@mantine/core';
import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { sheetOf } from '../../../domain/figure/sheet.ts';
import type { LayerFilters } from '../../../domain/inside/inspection.ts';
import { blit } from '../figure/blit.ts';
import { PixelCanvas } from '../PixelCanvas.tsx';
import classes from './layer.module.css';
import { NumbersChart } from './NumbersChart.tsx';
import { sheetImage } from './paintMaps.ts';
import { sliceValue, type WhichWeights, weightsShown } from './weightPictures.ts';

interface FilterPartProps {
  /** Undefined where the layer has none, and until they have come. */
  readonly filters: LayerFilters | undefined;
  readonly activations: Float32Array;
  readonly map: number;
  readonly which: WhichWeights;
  readonly onWhich: (which: WhichWeights) => void;
}

const ROOM = { width: 200, height: 62 };
const MOST_SCALE = 6;

/** What one filter looks for, slice by slice, and how large the numbers of the layer are. */
export function FilterPart({ filters, activations, map, which, onWhich }: FilterPartProps) {
  const { t } = useTranslation('layer');
  const [side = 1, , channels = 1] = filters?.kernel.shape ?? [];
  const isConvolution = filters?.kernel.shape.length === 4;
  const sheet = useMemo(() => sheetOf(channels, side, side, ROOM, MOST_SCALE), [channels, side]);
  const paint = useCallback(
    (context: CanvasRenderingContext2D) => {
      if (!filters) return;
      const { most, value } = sliceValue(filters, which, map);
      const image = sheetImage(sheet, most, value);
      context.clearRect(0, 0, ROOM.width, ROOM.height);
      blit(context, image, { x: 0, y: 0, width: image.width, height: image.height });
    },
    [filters, which, map, sheet],
  );
  const weights = useMemo(() => filters && weightsShown(filters, which), [filters, which]);
  return (
    <>
      {filters && (
        <>
          <div className={classes.partHead}>
            {isConvolution && (
              <Text size="sm" fw={600}>
                {t('kernel', { count: channels, side })}
              </Text>
            )}
            {filters.learned && (
              <SegmentedControl
                size="xs"
                aria-label={t('whichWeights')}
                value={which}
                onChange={onWhich}
                data={[
                  { value: 'learned', label: t('learned') },
                  { value: 'raw', label: t('raw') },
                ]}
              />
            )}
          </div>
          {isConvolution && <PixelCanvas {...ROOM} paint={paint} />}
        </>
      )}
      <div className={classes.charts}>
        <NumbersChart title={t('activations')} values={activations} />
        {weights && <NumbersChart title={t('weights')} values={weights} />}
      </div>
    </>
  );
}

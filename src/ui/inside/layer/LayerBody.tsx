import { SegmentedControl, Text } from '@mantine/core';
import { type Ref, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useWorkbenchState } from '../../../app/useStore.ts';
import type { Inspection, LayerActivations } from '../../../domain/inside/inspection.ts';
import { formatCount } from '../../components/format.ts';
import { useLanguage } from '../../components/useLanguage.ts';
import { formatSignal } from '../formatSignal.ts';
import { largestOf } from '../signal.ts';
import { peaksOf, silentMaps, strongestMaps } from '../strongest.ts';
import { useBoxWidth } from '../useRoom.ts';
import { ExcitingPart } from './ExcitingPart.tsx';
import { FilterPart } from './FilterPart.tsx';
import classes from './layer.module.css';
import { mapsOf, peakOf, valuesIn } from './layerValues.ts';
import type { At, LayerViewProps } from './layerViewProps.ts';
import { MapSheet } from './MapSheet.tsx';
import { Note } from './Note.tsx';
import { OneMap } from './OneMap.tsx';
import type { MapValue } from './paintMaps.ts';
import { UnitPart } from './UnitPart.tsx';
import { useFilters } from './useFilters.ts';
import { useSheet } from './useSheet.ts';
import { filterValue, haveFilterPictures, type WhichWeights } from './weightPictures.ts';

interface LayerBodyProps extends LayerViewProps {
  readonly seen: Inspection;
  readonly drawing: Ref<SVGSVGElement>;
  readonly canvas: Ref<HTMLCanvasElement>;
}

const MOST_STRONGEST = 6;
const MAP_SIDE = 146;

/** Three columns for three questions: what did each filter find, what does this one look for, and why this value. */
export function LayerBody(props: LayerBodyProps) {
  const { network, block, seen, isOnScreen, onChoose, onUnit } = props;
  const { t } = useTranslation('layer');
  const language = useLanguage();
  const scaling = useWorkbenchState(({ run }) => run?.record.scaling);
  const layer = seen.layers.find(({ name }) => name === block.name) as LayerActivations;
  const { height, width, maps } = mapsOf(layer);
  const isDense = height * width === 1;
  const strongest = useMemo(() => strongestMaps(layer, MOST_STRONGEST), [layer]);
  // What was strongest when the layer was opened stays chosen while the network learns.
  const [first] = useState(() => strongest[0] ?? 0);
  const map = Math.min(maps - 1, props.map ?? first);
  const [firstAt, setFirstAt] = useState<{ map: number; at: At }>();
  const peak = firstAt?.map === map ? firstAt.at : peakOf(layer, map);
  useEffect(() => {
    setFirstAt((known) => (known?.map === map ? known : { map, at: peakOf(layer, map) }));
  }, [layer, map]);
  const at = clamped(props.at ?? peak, height, width);

  const [hoveredMap, setHoveredMap] = useState<number>();
  const [hoveredAt, setHoveredAt] = useState<At>();
  const shownAt = hoveredAt ?? at;
  const [row, column] = shownAt;
  useEffect(() => onUnit(block.name, [row, column]), [block.name, row, column, onUnit]);

  const sums = network.report.layers;
  const filtering = useMemo(() => {
    const last = sums.indexOf(block.layers[0]);
    return sums.slice(0, last + 1).findLast(({ weights }) => weights.some(isKernel));
  }, [sums, block]);
  const filters = useFilters(filtering, isOnScreen);
  const [which, setWhich] = useState<WhichWeights>('learned');
  const [shows, setShows] = useState<'maps' | 'filters'>('maps');
  const hasPictures =
    filtering === block.layers[0] && block.form === 'volume' && haveFilterPictures(filtering);
  const showsFilters = shows === 'filters' && filters?.layer === block.name;

  const most = useMemo(() => largestOf(layer.values), [layer]);
  const value = useMemo<MapValue>(
    () => (map, row, column) => layer.values[(row * width + column) * maps + map] ?? 0,
    [layer, width, maps],
  );
  const picture = useMemo(
    () =>
      hasPictures && filters?.layer === block.name ? filterValue(filters, which, 0) : undefined,
    [hasPictures, filters, which, block.name],
  );
  const boxWidth = useBoxWidth();
  const mapSheet = useSheet(maps, height, width, boxWidth, hasPictures);
  const filterSide = filters?.kernel.shape[0] ?? 1;
  const filterSheet = useSheet(maps, filterSide, filterSide, boxWidth, hasPictures);
  const peaks = useMemo(() => peaksOf(layer), [layer]);
  const noted = hoveredMap ?? map;
  const signal = (value: number) => formatSignal(value, language);
  const choose = (next: number) => {
    if (next !== props.map) onChoose(next, undefined);
  };
  const name = block.name;
  const valuesOf = useMemo(
    () => scaling && valuesIn(seen, network.report, scaling),
    [seen, network, scaling],
  );

  return (
    <div className={classes.columns}>
      <div className={classes.part}>
        <div className={classes.partHead}>
          <Text size="sm" fw={600}>
            {showsFilters
              ? t('filters', { name, count: formatCount(maps, language), side: filterSide })
              : t(isDense ? 'units' : 'maps')}
          </Text>
          <Text size="xs" c="dimmed">
            {t('silent', { count: silentMaps(layer), total: formatCount(maps, language) })}
          </Text>
        </div>
        {hasPictures && (
          <SegmentedControl
            size="xs"
            aria-label={t('show')}
            value={shows}
            onChange={setShows}
            data={[
              { value: 'maps', label: t('showMaps') },
              { value: 'filters', label: t('showFilters') },
            ]}
          />
        )}
        <MapSheet
          label={t(isDense ? 'unitsSheet' : 'mapsSheet', { name })}
          sheet={showsFilters ? filterSheet : mapSheet}
          count={maps}
          most={showsFilters && picture ? picture.most : most}
          value={showsFilters && picture ? picture.value : value}
          strongest={showsFilters ? [] : strongest}
          chosen={map}
          onChoose={choose}
          onHover={setHoveredMap}
          drawing={props.drawing}
          canvas={props.canvas}
        />
        <Note
          of={String(noted)}
          text={t(isDense ? 'unitIs' : 'mapIs', {
            map: noted,
            value: signal(isDense ? value(noted, 0, 0) : (peaks[noted] ?? 0)),
          })}
        />
      </div>
      <div className={classes.part}>
        {!isDense && (
          <>
            <div className={classes.partHead}>
              <Text size="sm" fw={600}>
                {t('map', { map })}
              </Text>
              <Text size="xs" c="dimmed" className="wb-tabular">
                {t('unit', { row, column })}
              </Text>
            </div>
            <OneMap
              label={t('mapCanvas', { map })}
              {...{ map, height, width, most, value }}
              side={MAP_SIDE}
              at={shownAt}
              onChoose={(row, column) => onChoose(map, [row, column])}
              onHover={setHoveredAt}
            />
            <Note
              of={`${map} ${row} ${column}`}
              text={t('unitValue', { map, row, column, value: signal(value(map, row, column)) })}
            />
          </>
        )}
        <FilterPart
          filters={filters?.layer === name ? filters : undefined}
          activations={layer.values}
          {...{ map, which }}
          onWhich={setWhich}
        />
      </div>
      <UnitPart
        {...{ network, block, filters, valuesOf }}
        filtering={filtering}
        unit={{ layer: name, y: row, x: column, channel: map }}
      />
      <ExcitingPart architecture={network.architecture} report={block.layers[0]} unit={map} />
    </div>
  );
}

const isKernel = ({ shape }: { readonly shape: readonly number[] }) => shape.length > 1;

function clamped([row, column]: At, height: number, width: number): At {
  return [Math.min(height - 1, row), Math.min(width - 1, column)];
}

import { Box, Text } from '@mantine/core';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useWorkbenchState } from '../../app/useStore.ts';
import type { LayerReport } from '../../domain/architecture/shapes.ts';
import { type FigureLayout, layoutFigure } from '../../domain/figure/layout.ts';
import type { Rect } from '../../domain/figure/rect.ts';
import { type InsidePlace, wholeFigure } from '../../domain/inside/insidePlace.ts';
import { receptiveField } from '../../domain/inside/receptiveField.ts';
import { formatCount } from '../components/format.ts';
import { Panel } from '../components/Panel.tsx';
import { useLanguage } from '../components/useLanguage.ts';
import { classNamesOf } from '../panels/draw/selectors.ts';
import { NetworkFigure } from './figure/NetworkFigure.tsx';
import { filterRoom } from './figure/paintFigure.ts';
import { InsideActions } from './InsideActions.tsx';
import classes from './inside.module.css';
import { LayerView } from './layer/LayerView.tsx';
import type { At } from './layer/layerViewProps.ts';
import { useFilters } from './layer/useFilters.ts';
import { haveFilterPictures } from './layer/weightPictures.ts';
import { sourceWords, useSentence } from './sentence.ts';
import { useFocusBack } from './useFocusBack.ts';
import { type ShownBlocks, useNetwork } from './useNetwork.ts';
import { useOnScreen } from './useOnScreen.ts';
import { usePlace } from './usePlace.ts';
import { useReading } from './useReading.ts';
import { useRoom } from './useRoom.ts';
import { useShownImage } from './useShownImage.ts';
import { WhyView } from './why/WhyView.tsx';
import { addWords } from './words.ts';

/** The network in hand, alive: what it makes of an image, layer by layer. */
export function InsideView() {
  addWords();
  const { t } = useTranslation(['figure', 'inside']);
  const language = useLanguage();
  const body = useRef<HTMLDivElement>(null);
  const drawing = useRef<SVGSVGElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const room = useRoom(body);
  const isOnScreen = useOnScreen(body);
  const { place: asked, open, change } = usePlace();
  const place = asked ?? wholeFigure;
  const network = useNetwork();
  const names = useWorkbenchState(classNamesOf);
  const { image: wanted, test, next } = useShownImage(place.test);
  const { architecture, blocks, towers } = network;
  const { input: shape, classes: classCount } = architecture;
  const { image, seen } = useReading(wanted, shape, isOnScreen);
  const layout = useMemo(
    () => room && layoutFigure(blocks, shape, classCount, towers, room),
    [blocks, shape, classCount, towers, room],
  );
  const input = useMemo(
    () => image && { pixels: image.pixels, height: shape.height, width: shape.width },
    [image, shape],
  );
  const sentence = useSentence(seen, names);
  const { view } = place;
  const block =
    view.kind === 'layer'
      ? blocks.find(({ name, form }) => name === view.layer && form !== 'outputs')
      : undefined;
  const isOpen = block !== undefined || (view.kind === 'why' && view.label < names.length);
  const door = view.kind === 'why' && isOpen ? `why ${view.label}` : block?.name;
  const [unit, setUnit] = useState<{ layer: string; at: At }>();
  // Of the layer before there may be rows that this one has not.
  const isOfLayer = unit !== undefined && unit.layer === block?.name;
  const field = layout && isOfLayer ? fieldOn(layout, network, unit.layer, unit.at) : undefined;
  const noteUnit = useCallback((layer: string, at: At) => setUnit({ layer, at }), []);
  const hasRoom = layout !== undefined && filterRoom(layout).height > 0;
  const learned = useFilters(hasRoom ? firstFilters(network) : undefined, isOnScreen && !isOpen);
  useFocusBack(body, door);
  // Who comes by a link from further down, or by an address, wants to see it.
  const goal = asked && goalOf(asked);
  useEffect(() => {
    if (goal !== undefined) body.current?.closest('section')?.scrollIntoView({ block: 'nearest' });
  }, [goal]);

  return (
    <Panel
      region="inside"
      title={t('title', { ns: 'inside' })}
      actions={
        <InsideActions
          {...{ drawing, canvas }}
          hasWayBack={test !== undefined}
          onNext={() => {
            next();
            if (place.test !== undefined) change({ view });
          }}
        />
      }
    >
      <Text className={classes.sentence}>{sentence}</Text>
      {test === undefined && place.test !== undefined && (
        <Text size="xs" c="dimmed">
          {t('heldBack')}
        </Text>
      )}
      <div ref={body} className={classes.body} data-open={isOpen}>
        {layout && (
          <Box
            className={classes.under ?? ''}
            __vars={{ '--input-bottom': `${bottomOf(layout.input)}px` }}
          >
            <NetworkFigure
              {...{ network, layout, input, seen, learned, names, drawing, canvas }}
              source={image ? sourceWords(image, t, (n) => formatCount(n, language)) : ''}
              open={door}
              field={field}
              onLayer={(layer) => open({ ...place, view: { kind: 'layer', layer } })}
              onClass={(label) => open({ ...place, view: { kind: 'why', label } })}
            />
          </Box>
        )}
        {layout && isOpen && (
          <Box
            className={classes.over ?? ''}
            __vars={{ '--input-right': `${rightOf(layout.input)}px` }}
          >
            {block && view.kind === 'layer' && (
              <LayerView
                {...{ network, block, seen, isOnScreen }}
                map={view.map}
                at={view.at}
                onChoose={(map, at) => {
                  const chosen = { kind: 'layer', layer: block.name, map } as const;
                  change({ ...place, view: at ? { ...chosen, at } : chosen });
                }}
                onUnit={noteUnit}
                onLayer={(layer) => change({ ...place, view: { kind: 'layer', layer } })}
                onClose={() => open({ ...place, view: wholeFigure.view })}
              />
            )}
            {isOpen && view.kind === 'why' && (
              <WhyView
                {...{ architecture, names, input, seen, isOnScreen }}
                label={view.label}
                onLabel={(label) => change({ ...place, view: { kind: 'why', label } })}
                onClose={() => open({ ...place, view: wholeFigure.view })}
              />
            )}
          </Box>
        )}
      </div>
    </Panel>
  );
}

const rightOf = ({ x, width }: Rect) => x + width + 14;
const bottomOf = ({ y, height }: Rect) => y + height + 10;

/** What is opened, whatever is chosen in it. */
const goalOf = ({ view, test }: InsidePlace) =>
  [view.kind, view.kind === 'layer' ? view.layer : '', test].join(' ');

/** The first layer of them whose filters may be pictures of what they look for. */
function firstFilters({ blocks }: ShownBlocks): LayerReport | undefined {
  const first = blocks.map(({ layers }) => layers[0]).find(({ layer }) => layer.kind === 'conv2d');
  return first && haveFilterPictures(first) ? first : undefined;
}

/** What a unit sees, on the input of the picture. */
function fieldOn(
  { input, scale }: FigureLayout,
  { architecture }: ShownBlocks,
  layer: string,
  [row, column]: At,
): Rect {
  const { top, left, bottom, right } = receptiveField(architecture, layer, row, column);
  return {
    x: input.x + left * scale,
    y: input.y + top * scale,
    width: (right - left + 1) * scale,
    height: (bottom - top + 1) * scale,
  };
}

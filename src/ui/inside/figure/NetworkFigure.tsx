import { Text } from '@mantine/core';
import { type Ref, useCallback, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useWorkbenchState } from '../../../app/useStore.ts';
import type { FigureLayout } from '../../../domain/figure/layout.ts';
import type { Rect } from '../../../domain/figure/rect.ts';
import type { Inspection, LayerFilters } from '../../../domain/inside/inspection.ts';
import { formatCompact, formatCount, formatPercent, formatShape } from '../../components/format.ts';
import { useLanguage } from '../../components/useLanguage.ts';
import { layerWords } from '../../panels/architecture/layerWords.ts';
import { barsOf } from '../../panels/draw/selectors.ts';
import { PixelCanvas } from '../PixelCanvas.tsx';
import type { ShownBlocks } from '../useNetwork.ts';
import { type Door, Doors } from './Doors.tsx';
import { FigureDrawing } from './FigureDrawing.tsx';
import { FigureTable } from './FigureTable.tsx';
import classes from './figure.module.css';
import { figureSheet, type InputPixels, paintFigure } from './paintFigure.ts';

interface NetworkFigureProps {
  readonly network: ShownBlocks;
  readonly layout: FigureLayout;
  readonly input: InputPixels | undefined;
  readonly source: string;
  readonly seen: Inspection | undefined;
  /** Of the first convolution. */
  readonly learned: LayerFilters | undefined;
  readonly names: readonly string[];
  /** The key of the door that is open. */
  readonly open: string | undefined;
  readonly field: Rect | undefined;
  readonly onLayer: (name: string) => void;
  readonly onClass: (label: number) => void;
  readonly drawing: Ref<SVGSVGElement>;
  readonly canvas: Ref<HTMLCanvasElement>;
}

/** The network to scale: an image enters at the left, probabilities leave at the right. */
export function NetworkFigure(props: NetworkFigureProps) {
  const { network, layout, input, source, seen, learned, names, open, field } = props;
  const isCovered = open !== undefined;
  const { t } = useTranslation('figure');
  const language = useLanguage();
  const isTrained = useWorkbenchState(({ run }) => run !== undefined);
  const [marked, setMarked] = useState<string>();
  const fronts = useRef(new Map<string, number>());
  const paint = useCallback(
    (context: CanvasRenderingContext2D) =>
      paintFigure(context, layout, { input, seen, learned }, fronts.current),
    [layout, input, seen, learned],
  );
  const bars = useMemo(() => barsOf(seen && readingOf(seen), names), [seen, names]);

  const doors: Door[] = layout.blocks.map(({ block, bounds }) => ({
    ...{ key: block.name, bounds, isOpen: open === block.name },
    label: t('block', {
      name: block.name,
      shape: formatShape(block.shape),
      parameters: formatCount(block.parameters, language),
      products: formatCount(block.multiplyAdds, language),
    }),
  }));
  const outputDoors: Door[] = bars.map(({ name, share }, row) => ({
    ...{ key: `why ${names.indexOf(name)}`, isOpen: open === `why ${names.indexOf(name)}` },
    label: t('output', {
      name,
      share: share === undefined ? '–' : formatPercent(share, language, 1),
    }),
    bounds: {
      ...{ x: layout.outputs.x, y: layout.outputs.y + row * layout.rowHeight },
      ...{ width: layout.outputs.width, height: layout.rowHeight },
    },
  }));

  return (
    <figure className={classes.figure} aria-label={t('figure')}>
      <div className={classes.stage} style={{ width: layout.width, height: layout.height }}>
        <PixelCanvas
          ref={props.canvas}
          width={layout.width}
          height={layout.height}
          paint={paint}
          className={classes.canvas}
        />
        <FigureDrawing
          ref={props.drawing}
          {...{ layout, bars, source, field, learned }}
          hasMaps={seen !== undefined}
          isCovered={isCovered}
          marked={marked ?? open}
        />
        {!input && (
          <span className={classes.hint} style={boxOf(layout.input)}>
            {t(isTrained ? 'noImageOfSet' : 'noImage')}
          </span>
        )}
        <Doors
          {...{ doors, isCovered }}
          label={t('blocks')}
          onOpen={props.onLayer}
          onMark={setMarked}
        />
        <Doors
          label={t('outputs')}
          {...{ doors: outputDoors, isCovered }}
          onOpen={(key) => props.onClass(Number(key.split(' ')[1]))}
          onMark={() => undefined}
        />
      </div>
      <Text component="figcaption" size="xs" c="dimmed" className={classes.caption}>
        <Caption network={network} layout={layout} seen={seen} marked={marked} />
      </Text>
      <FigureTable blocks={network.blocks} seen={seen} />
    </figure>
  );
}

const boxOf = ({ x, y, width, height }: Rect) => ({ left: x, top: y, width, height });

function readingOf({ probabilities }: Inspection) {
  const list = Array.from(probabilities);
  return { blank: false, probabilities: list, label: list.indexOf(Math.max(...list)) };
}

interface CaptionProps {
  readonly network: ShownBlocks;
  readonly layout: FigureLayout;
  readonly seen: Inspection | undefined;
  readonly marked: string | undefined;
}

/** What the block under the pointer is and costs; without one, how the picture is drawn. */
function Caption({ network, layout, seen, marked }: CaptionProps) {
  const { t } = useTranslation('figure');
  const { t: words } = useTranslation('architecture');
  const language = useLanguage();
  const block = network.blocks.find(({ name }) => name === marked);
  const { scale } = layout;
  if (!block) {
    const count = layout.blocks.reduce((sum, { block: { form, shape }, sheet }) => {
      const [height = 1, width = 1] = shape;
      return form === 'volume' ? sum + height * width * figureSheet(shape, sheet).shown : sum;
    }, 0);
    if (!seen || count === 0) return t('scaleOnly', { scale });
    return t('scale', { scale, count: formatCount(count, language) });
  }
  const share = block.multiplyAdds / Math.max(1, network.report.multiplyAdds);
  const what = t('hover', {
    name: block.name,
    shape: formatShape(block.shape),
    parameters: formatCount(block.parameters, language),
    products: formatCompact(block.multiplyAdds, language),
    share: formatPercent(share, language, 0),
  });
  const layers = block.layers.map(({ layer }) => layerWords(layer, words)).join(' → ');
  return `${what} · ${layers}`;
}

import type { Ref } from 'react';
import { useTranslation } from 'react-i18next';
import type { FigureLayout, PlacedBlock } from '../../../domain/figure/layout.ts';
import type { Rect } from '../../../domain/figure/rect.ts';
import type { LayerFilters } from '../../../domain/inside/inspection.ts';
import { formatCount, formatPercent } from '../../components/format.ts';
import { useLanguage } from '../../components/useLanguage.ts';
import type { Bar } from '../../panels/draw/selectors.ts';
import { isPictures } from '../layer/weightPictures.ts';
import classes from './figure.module.css';
import { figureSheet, filterRoom } from './paintFigure.ts';

interface FigureDrawingProps {
  readonly layout: FigureLayout;
  readonly bars: readonly Bar[];
  /** Under the name of the input. */
  readonly source: string;
  /** Of the block that is open, or under the pointer. */
  readonly marked: string | undefined;
  /** What of the input the chosen unit sees. */
  readonly field: Rect | undefined;
  readonly learned: LayerFilters | undefined;
  readonly hasMaps: boolean;
  /** Whether something lies over all but the input. */
  readonly isCovered: boolean;
  readonly ref?: Ref<SVGSVGElement>;
}

/** Lines and words of the picture, over its pixels. */
export function FigureDrawing(props: FigureDrawingProps) {
  const { layout, bars, source, marked, field, learned, hasMaps, isCovered, ref } = props;
  const { t } = useTranslation('figure');
  const { width, height, input, blocks, reaches, labels } = layout;
  return (
    <svg
      ref={ref}
      className={classes.drawing}
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      aria-hidden
    >
      <text x={input.x} y={labels.input + 14} className={classes.name}>
        {t('input')}
      </text>
      <text x={input.x} y={labels.input + 30} className={classes.shape}>
        {source}
      </text>
      <Edge rect={input} />
      {fans(blocks, layout.outputs).map((points) => (
        <polygon key={points} points={points} className={classes.fan} />
      ))}
      {blocks.map((placed) => (
        <Block key={placed.block.name} placed={placed} isMarked={marked === placed.block.name} />
      ))}
      {hasMaps && <SheetWords {...{ layout, learned }} />}
      {(isCovered ? [] : reaches).map(({ to, field, unit }) => (
        <g key={`${to} ${field.x} ${field.y} ${unit.y}`} className={classes.reach}>
          <rect {...field} />
          <path
            d={`M${field.x + field.width} ${field.y}L${unit.x} ${unit.y}L${field.x + field.width} ${field.y + field.height}`}
          />
        </g>
      ))}
      <Outputs layout={layout} bars={bars} />
      {field && <rect {...field} className={classes.field} />}
    </svg>
  );
}

/** What the small pictures under the network are. */
function SheetWords({ layout, learned }: Pick<FigureDrawingProps, 'layout' | 'learned'>) {
  const { t } = useTranslation('figure');
  const language = useLanguage();
  const count = (value: number) => formatCount(value, language);
  const room = filterRoom(layout);
  return (
    <g>
      {learned && room.height > 0 && isPictures(learned) && (
        <text x={room.x} y={room.y - 7} className={classes.shape}>
          {t(learned.learned ? 'learned' : 'weights', { layer: learned.layer })}
        </text>
      )}
      {layout.blocks.map(({ block, sheet }) => {
        if (sheet.width === 0 || block.form !== 'volume') return null;
        const { shown } = figureSheet(block.shape, sheet);
        const maps = block.shape[2] ?? 0;
        return (
          <text key={block.name} x={sheet.x} y={sheet.y - 7} className={classes.shape}>
            {t(shown < maps ? 'mapsOf' : 'maps', { shown: count(shown), count: count(maps) })}
          </text>
        );
      })}
    </g>
  );
}

function Edge({ rect }: { readonly rect: Rect }) {
  return <rect {...rect} className={classes.edge} />;
}

function Block({ placed, isMarked }: { readonly placed: PlacedBlock; readonly isMarked: boolean }) {
  const language = useLanguage();
  const { block, bounds, solids } = placed;
  const x = bounds.x + 4;
  const [shape, units] = [block.shape.join('×'), block.shape.map((n) => formatCount(n, language))];
  return (
    <g data-marked={isMarked} className={classes.block}>
      <text x={x} y={bounds.y + 14} className={classes.name}>
        {block.name}
      </text>
      <text x={x} y={bounds.y + 30} className={classes.shape}>
        {block.form === 'column' ? units[0] : shape}
      </text>
      {solids.map(({ front, depth, firstChannel }) => {
        const [right, bottom] = [front.x + front.width, front.y + front.height];
        return (
          <g key={firstChannel}>
            <Edge rect={front} />
            {depth.x > 0 && (
              <path
                className={classes.edge}
                d={[
                  `M${front.x} ${front.y}l${depth.x} ${-depth.y}h${front.width}v${front.height}L${right} ${bottom}`,
                  `M${right} ${front.y}l${depth.x} ${-depth.y}`,
                ].join('')}
              />
            )}
          </g>
        );
      })}
    </g>
  );
}

/** Where every number goes to every unit: from a side to the next. */
function fans(blocks: readonly PlacedBlock[], outputs: Rect): string[] {
  return blocks.flatMap((placed, index) => {
    const next = blocks[index + 1];
    const to = next ? next.solids[0]?.front : outputs;
    const from = placed.solids[0];
    const last = placed.solids.at(-1);
    if (!from || !last || !to || (next && next.block.form !== 'column')) return [];
    const x = from.front.x + from.front.width + from.depth.x;
    if (to.x < x) return [];
    const [top, bottom] = [
      from.front.y - from.depth.y,
      last.front.y + last.front.height - from.depth.y,
    ];
    return [`${x},${top} ${to.x},${to.y} ${to.x},${to.y + to.height} ${x},${bottom}`];
  });
}

/** Room for the name of a class, and for its share. */
export const OUTPUT_NAME = 26;
const OUTPUT_SHARE = 54;

function Outputs({
  layout,
  bars,
}: {
  readonly layout: FigureLayout;
  readonly bars: readonly Bar[];
}) {
  const { t } = useTranslation('figure');
  const language = useLanguage();
  const { outputs, rowHeight, labels } = layout;
  const nameWidth = bars.some(({ name }) => name.length > 3) ? 84 : OUTPUT_NAME;
  const [left, right] = [outputs.x + nameWidth, outputs.x + outputs.width - OUTPUT_SHARE];
  return (
    <g>
      <text x={outputs.x + 6} y={labels.outputs + 14} className={classes.name}>
        {t('reading')}
      </text>
      {bars.map(({ name, share, isTop }, row) => {
        const y = outputs.y + row * rowHeight;
        return (
          <g key={name} data-top={isTop} className={classes.output}>
            <text x={outputs.x + 6} y={y + rowHeight / 2} className={classes.outputName}>
              {name.length > 11 ? `${name.slice(0, 10)}…` : name}
            </text>
            <rect
              {...{ x: left, y: y + rowHeight / 2 - 5, width: right - left, height: 10 }}
              className={classes.track}
            />
            <rect
              {...{ x: left, y: y + rowHeight / 2 - 5, height: 10 }}
              className={classes.bar}
              style={{ width: (share ?? 0) * (right - left) }}
            />
            <text
              x={outputs.x + outputs.width}
              y={y + rowHeight / 2}
              className={classes.outputShare}
            >
              {share === undefined ? '–' : formatPercent(share, language, 1)}
            </text>
          </g>
        );
      })}
    </g>
  );
}

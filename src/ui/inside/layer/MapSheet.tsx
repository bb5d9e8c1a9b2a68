import { type Ref, useCallback, useMemo } from 'react';
import { mapAt, type Sheet } from '../../../domain/figure/sheet.ts';
import { blit } from '../figure/blit.ts';
import { Grid } from './Grid.tsx';
import classes from './layer.module.css';
import { type MapValue, sheetImage } from './paintMaps.ts';

interface MapSheetProps {
  readonly label: string;
  readonly sheet: Sheet;
  readonly most: number;
  readonly value: MapValue;
  readonly strongest: readonly number[];
  readonly chosen: number;
  readonly onChoose: (map: number) => void;
  readonly onHover: (map: number | undefined) => void;
  readonly drawing?: Ref<SVGSVGElement>;
  readonly canvas?: Ref<HTMLCanvasElement>;
}

/** All maps, or all filters, of a layer; the strongest underlined. */
export function MapSheet(props: MapSheetProps) {
  const { label, sheet, most, value, strongest, chosen, onChoose, onHover } = props;
  const { across, down, shown, stepX, stepY } = sheet;
  const [width, height] = [Math.max(1, across * stepX), Math.max(1, down * stepY)];
  const paint = useCallback(
    (context: CanvasRenderingContext2D) => {
      context.clearRect(0, 0, width, height);
      blit(context, sheetImage(sheet, most, value), { x: 0, y: 0, width, height });
    },
    [sheet, most, value, width, height],
  );
  const cellAt = useMemo(() => (x: number, y: number) => mapAt(sheet, x, y), [sheet]);
  const placeOf = (map: number) => ({
    x: (map % across) * stepX,
    y: Math.floor(map / across) * stepY,
  });
  const drawn = strongest.filter((map) => map < shown);
  const place = placeOf(chosen);
  return (
    <Grid
      {...{ label, width, height, across, chosen, cellAt, paint, onChoose, onHover }}
      count={shown}
      {...(props.drawing ? { drawing: props.drawing } : {})}
      {...(props.canvas ? { canvas: props.canvas } : {})}
    >
      {drawn.map((map) => {
        const { x, y } = placeOf(map);
        const line = Math.min(3, (stepY - 1) / 3);
        return (
          <rect
            key={map}
            {...{ x, y: y + stepY - 1 - line, width: stepX - 1, height: line }}
            className={classes.strongest}
          />
        );
      })}
      {chosen < shown && (
        <rect
          {...{ x: place.x - 1, y: place.y - 1, width: stepX + 1, height: stepY + 1 }}
          className={classes.chosen}
        />
      )}
    </Grid>
  );
}

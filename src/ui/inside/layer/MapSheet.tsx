import { type Ref, useCallback, useMemo, useState } from 'react';
import { mapAt, type Sheet } from '../../../domain/figure/sheet.ts';
import { blit } from '../figure/blit.ts';
import { Grid } from './Grid.tsx';
import classes from './layer.module.css';
import { MapPages } from './MapPages.tsx';
import { type MapValue, sheetImage } from './paintMaps.ts';

interface MapSheetProps {
  readonly label: string;
  readonly sheet: Sheet;
  /** Of all of them: as many at a time as have a place on the sheet. */
  readonly count: number;
  readonly most: number;
  readonly value: MapValue;
  readonly strongest: readonly number[];
  readonly chosen: number;
  readonly onChoose: (map: number) => void;
  readonly onHover: (map: number | undefined) => void;
  readonly drawing?: Ref<SVGSVGElement>;
  readonly canvas?: Ref<HTMLCanvasElement>;
}

/** All maps, or all filters, of a layer, page by page; the strongest underlined. */
export function MapSheet(props: MapSheetProps) {
  const { label, count, most, value, strongest, chosen, onChoose, onHover } = props;
  const onPage = Math.max(1, props.sheet.shown);
  const [turned, setTurned] = useState<{ by: number; onPage: number; page: number }>();
  // Whoever chooses a map goes to its page.
  const isTurned = turned?.by === chosen && turned.onPage === onPage;
  const page = isTurned ? turned.page : Math.floor(chosen / onPage);
  const first = page * onPage;
  const sheet = useMemo(
    () => ({ ...props.sheet, shown: Math.min(props.sheet.shown, count - first) }),
    [props.sheet, count, first],
  );
  const { across, down, shown, stepX, stepY } = sheet;
  const [width, height] = [Math.max(1, across * stepX), Math.max(1, down * stepY)];
  const paint = useCallback(
    (context: CanvasRenderingContext2D) => {
      context.clearRect(0, 0, width, height);
      const ofPage: MapValue = (map, row, column) => value(first + map, row, column);
      blit(context, sheetImage(sheet, most, ofPage), { x: 0, y: 0, width, height });
    },
    [sheet, most, value, width, height, first],
  );
  const cellAt = useMemo(
    () => (x: number, y: number) => {
      const cell = mapAt(sheet, x, y);
      return cell === undefined ? undefined : first + cell;
    },
    [sheet, first],
  );
  const placeOf = (map: number) => ({
    x: ((map - first) % across) * stepX,
    y: Math.floor((map - first) / across) * stepY,
  });
  const isThere = (map: number) => map >= first && map < first + shown;
  const place = placeOf(chosen);
  const grid = (
    <Grid
      {...{ label, width, height, across, count, chosen, cellAt, paint, onChoose, onHover }}
      {...(props.drawing ? { drawing: props.drawing } : {})}
      {...(props.canvas ? { canvas: props.canvas } : {})}
    >
      {strongest.filter(isThere).map((map) => {
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
      {isThere(chosen) && (
        <rect
          {...{ x: place.x - 1, y: place.y - 1, width: stepX + 1, height: stepY + 1 }}
          className={classes.chosen}
        />
      )}
    </Grid>
  );
  return (
    <>
      {grid}
      {shown < count && (
        <MapPages
          {...{ first, shown, count }}
          onTurn={(by) => setTurned({ by: chosen, onPage, page: page + by })}
        />
      )}
    </>
  );
}

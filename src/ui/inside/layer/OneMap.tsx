import { useCallback, useMemo } from 'react';
import { blit } from '../figure/blit.ts';
import { Grid } from './Grid.tsx';
import classes from './layer.module.css';
import { type MapValue, mapImage } from './paintMaps.ts';

interface OneMapProps {
  readonly label: string;
  readonly map: number;
  readonly height: number;
  readonly width: number;
  /** Of the page; no pixel of the map is less than one of its. */
  readonly side: number;
  readonly most: number;
  readonly value: MapValue;
  readonly at: readonly [row: number, column: number];
  readonly onChoose: (row: number, column: number) => void;
  readonly onHover: (at: readonly [row: number, column: number] | undefined) => void;
}

/** One map, large enough to point at its units. */
export function OneMap(props: OneMapProps) {
  const { label, map, height, width, side, most, value, onChoose, onHover } = props;
  const scale = Math.max(1, Math.floor(side / Math.max(height, width)));
  const size = { width: width * scale, height: height * scale };
  const paint = useCallback(
    (context: CanvasRenderingContext2D) => {
      const rect = { x: 0, y: 0, width: width * scale, height: height * scale };
      blit(context, mapImage(map, height, width, most, value), rect);
    },
    [map, height, width, scale, most, value],
  );
  const cellAt = useMemo(
    () => (x: number, y: number) => {
      const [row, column] = [Math.floor(y / scale), Math.floor(x / scale)];
      const isInside = row >= 0 && column >= 0 && row < height && column < width;
      return isInside ? row * width + column : undefined;
    },
    [scale, height, width],
  );
  const [row, column] = props.at;
  return (
    <Grid
      {...{ label, ...size, cellAt, paint }}
      across={width}
      count={width * height}
      chosen={row * width + column}
      onChoose={(index) => onChoose(Math.floor(index / width), index % width)}
      onHover={(index) =>
        onHover(index === undefined ? undefined : [Math.floor(index / width), index % width])
      }
    >
      <rect
        {...{ x: column * scale, y: row * scale, width: scale, height: scale }}
        className={classes.chosen}
      />
    </Grid>
  );
}

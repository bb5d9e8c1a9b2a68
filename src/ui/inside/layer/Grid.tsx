import { type KeyboardEvent, type PointerEvent, type ReactNode, type Ref, useState } from 'react';
import { keyName } from '../../components/keys.ts';
import { PixelCanvas } from '../PixelCanvas.tsx';
import classes from './layer.module.css';

interface GridProps {
  readonly label: string;
  readonly width: number;
  readonly height: number;
  readonly across: number;
  /** Of all of them, those too that lie on other pages. */
  readonly count: number;
  readonly chosen: number;
  /** Which one lies there, in pixels of the page. */
  readonly cellAt: (x: number, y: number) => number | undefined;
  readonly paint: (context: CanvasRenderingContext2D) => void;
  readonly onChoose: (index: number) => void;
  readonly onHover: (index: number | undefined) => void;
  /** Lines over the pixels. */
  readonly children?: ReactNode;
  readonly drawing?: Ref<SVGSVGElement>;
  readonly canvas?: Ref<HTMLCanvasElement>;
}

const ways: Readonly<Record<string, readonly [right: number, down: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** Many small things in rows on one canvas: one is chosen, by pointer or by the arrow keys. */
export function Grid(props: GridProps) {
  const { label, width, height, across, count, chosen, cellAt, onChoose, onHover } = props;
  const [hovered, setHovered] = useState<number>();
  const cellOf = ({ currentTarget, clientX, clientY }: PointerEvent) => {
    const { left, top } = currentTarget.getBoundingClientRect();
    return cellAt(clientX - left, clientY - top);
  };
  const hover = (index: number | undefined) => {
    if (index === hovered) return;
    setHovered(index);
    onHover(index);
  };
  const nextBy = (name: string) => {
    if (name === 'Home') return 0;
    if (name === 'End') return count - 1;
    const way = ways[name];
    if (!way) return undefined;
    const column = (chosen % across) + way[0];
    return column >= 0 && column < across ? chosen + way[0] + across * way[1] : chosen;
  };
  const move = (event: KeyboardEvent) => {
    const next = nextBy(keyName(event) ?? '');
    if (next === undefined) return;
    event.preventDefault();
    if (next < 0 || next >= count) return;
    // The pointer may rest on another one.
    hover(undefined);
    onChoose(next);
  };
  return (
    <div
      className={classes.grid}
      style={{ width, height }}
      role="application"
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: an application takes keys, but the rule knows of widgets alone.
      tabIndex={0}
      onPointerMove={(event) => hover(cellOf(event))}
      onPointerLeave={() => hover(undefined)}
      onClick={(event) => {
        const index = cellOf(event as unknown as PointerEvent);
        if (index !== undefined) onChoose(index);
      }}
      onKeyDown={move}
    >
      <PixelCanvas {...{ width, height }} paint={props.paint} ref={props.canvas ?? null} />
      <svg
        ref={props.drawing}
        className={classes.marks}
        {...{ width, height }}
        viewBox={`0 0 ${width} ${height}`}
        aria-hidden
      >
        {props.children}
      </svg>
    </div>
  );
}

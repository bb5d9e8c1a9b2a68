import { type RefObject, useLayoutEffect, useMemo, useState } from 'react';
import type { FigureRoom } from '../../domain/figure/layout.ts';

/** From this width on the whole network stands in one row. */
const ONE_ROW_WIDTH = 760;
/** As in workbench.css, which keeps the place of the picture. */
const HEIGHT = { oneRow: 398, rows: 700 };
const SHEET_HEIGHT = 118;

/** The room that the picture has, in an element of this width. */
export function useRoom(ref: RefObject<HTMLElement | null>): FigureRoom | undefined {
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const element = ref.current;
    if (!element) return;
    const measure = () => setWidth(Math.floor(element.clientWidth));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [ref]);
  return useMemo(() => {
    if (width === 0) return undefined;
    return width >= ONE_ROW_WIDTH
      ? { width, height: HEIGHT.oneRow, sheetHeight: SHEET_HEIGHT }
      : { width, height: HEIGHT.rows, sheetHeight: 0 };
  }, [width]);
}

/** How wide an opened layer may make its parts: a phone is narrower than they like to be. */
export function useBoxWidth(): number {
  const [width, setWidth] = useState(() => document.documentElement.clientWidth);
  useLayoutEffect(() => {
    const measure = () => setWidth(document.documentElement.clientWidth);
    window.addEventListener('resize', measure);
    return () => window.removeEventListener('resize', measure);
  }, []);
  return width - BOX_PADDING;
}

/** Of the page and of the layer's own box, on both sides. */
const BOX_PADDING = 64;

import type { Block } from './blocks.ts';
import type { ColumnGrid } from './columns.ts';
import type { Rect } from './rect.ts';

/** What stands in the picture of a network, with the room that it takes. */
export type Item = { readonly width: number; readonly height: number } & (
  | { readonly kind: 'input' }
  | { readonly kind: 'outputs' }
  | { readonly kind: 'column'; readonly block: Block; readonly grid: ColumnGrid }
  | {
      readonly kind: 'volume';
      readonly block: Block;
      readonly depth: { readonly x: number; readonly y: number };
    }
);

interface PlacedItem {
  readonly item: Item;
  readonly rect: Rect;
  /** Where the words above it begin. */
  readonly label: number;
}

/** A name and a shape above a block need this. */
const WORDS_WIDTH = { volume: 80, column: 46, input: 80, outputs: 0 };
const LEAST_GAP = 12;
const MOST_GAP = 84;
const ROW_GAP = 10;

/** One row, or as many as it takes, each with its middle on one line. */
export function flow(
  items: readonly Item[],
  width: number,
  labelHeight: number,
  wraps: boolean,
): { items: PlacedItem[]; width: number; height: number } {
  const rows = wraps ? wrapped(items, width) : [items];
  const placed: PlacedItem[] = [];
  let [y, widest] = [0, 0];
  for (const row of rows) {
    const height = Math.max(...row.map((item) => item.height));
    const taken = row.reduce((sum, item, i) => sum + roomOf(item, i === row.length - 1), 0);
    const spare = Math.max(0, width - taken);
    const gap = row.length > 1 ? Math.min(MOST_GAP, spare / (row.length - 1)) : 0;
    let x = 0;
    for (const [i, item] of row.entries()) {
      const isLast = i === row.length - 1;
      // What is over goes to the outputs, whose bars may be longer.
      const rest = width - x;
      const itemWidth =
        item.kind === 'outputs' ? Math.max(item.width, Math.min(rest, 300)) : item.width;
      const left = item.kind === 'outputs' ? Math.max(x, width - itemWidth) : x;
      const top = y + labelHeight + (height - item.height) / 2;
      const rect = { x: left, y: top, width: itemWidth, height: item.height };
      placed.push({ item, rect, label: labelTop(rect, y, labelHeight, wraps) });
      widest = Math.max(widest, left + itemWidth);
      x += roomOf(item, isLast) + gap;
    }
    y += labelHeight + height + ROW_GAP;
  }
  return { items: placed, width: widest, height: y - ROW_GAP };
}

/** In one row all words stand on one line; in several, above what they name. */
const labelTop = (rect: Rect, rowTop: number, labelHeight: number, wraps: boolean) =>
  wraps ? rect.y - labelHeight : rowTop;

function roomOf({ kind, width }: Item, isLast: boolean): number {
  return isLast ? width : Math.max(width + LEAST_GAP, WORDS_WIDTH[kind]);
}

function wrapped(items: readonly Item[], width: number): Item[][] {
  const rows: Item[][] = [[]];
  let taken = 0;
  for (const item of items) {
    const isFirst = rows.at(-1)?.length === 0;
    if (!isFirst && taken + item.width > width) {
      rows.push([]);
      taken = 0;
    }
    rows.at(-1)?.push(item);
    taken += roomOf(item, false);
  }
  return rows;
}

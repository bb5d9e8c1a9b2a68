import { at } from '../../util/assert.ts';
import type { ImageShape } from '../architecture/shape.ts';
import { asImage } from '../architecture/shape.ts';
import { fieldThrough } from '../inside/receptiveField.ts';
import type { Block } from './blocks.ts';
import { type ColumnGrid, columnGrid } from './columns.ts';
import type { Rect } from './rect.ts';
import { flow, type Item } from './rows.ts';

/**
 * Where the picture of a network has what. Sides are to one scale, so many pixels of the screen for a
 * pixel of a map; depths are to another, since a network is far deeper than wide. Units are those of the
 * screen, from the upper left corner.
 */
export interface FigureLayout {
  readonly width: number;
  readonly height: number;
  /** Of the screen, for a pixel of an image or a map. */
  readonly scale: number;
  /** Of the screen, for a channel. */
  readonly channelDepth: number;
  readonly input: Rect;
  readonly blocks: readonly PlacedBlock[];
  readonly outputs: Rect;
  /** Where the words above the input and the outputs begin. */
  readonly labels: { readonly input: number; readonly outputs: number };
  readonly rowHeight: number;
  readonly reaches: readonly Reach[];
}

/** A block, in two solids where the network has two towers. */
export interface PlacedBlock {
  readonly block: Block;
  /** All of it, its name included: where it can be pressed. */
  readonly bounds: Rect;
  readonly solids: readonly Solid[];
  /** Of a column, how its units are laid. */
  readonly grid?: ColumnGrid;
  /** Under it, for all its maps; empty where there is no room. */
  readonly sheet: Rect;
}

export interface Solid {
  readonly front: Rect;
  /** How far its back lies to the right and above. */
  readonly depth: { readonly x: number; readonly y: number };
  readonly firstChannel: number;
  readonly channels: number;
}

/** What a unit of a block sees of a solid before it: a square there, and lines to the unit. */
export interface Reach {
  readonly to: string;
  readonly field: Rect;
  readonly unit: { readonly x: number; readonly y: number };
}

export interface FigureRoom {
  readonly width: number;
  readonly height: number;
  /** Under each block, for its maps; without it, blocks wrap into rows as words do. */
  readonly sheetHeight: number;
}

/** The back of a solid is so far to the right and above, for a pixel of depth. */
const SLANT = { x: 0.8, y: 0.5 };
const MOST_CHANNEL_DEPTH = 3;
export const LABEL_HEIGHT = 40;
export const MOST_OUTPUTS = 10;
const TOWER_GAP = 12;
const scales = [12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2.5, 2, 1.5, 1, 0.75, 0.5, 0.25];

/** In this room, as large as it can be. */
export function layoutFigure(
  blocks: readonly Block[],
  input: ImageShape,
  classes: number,
  towers: 1 | 2,
  room: FigureRoom,
): FigureLayout {
  for (const scale of scales) {
    const layout = tryLayout(blocks, input, classes, towers, room, scale);
    if (layout.height <= room.height && layout.width <= room.width) return layout;
  }
  return tryLayout(blocks, input, classes, towers, room, at(scales, scales.length - 1));
}

function tryLayout(
  blocks: readonly Block[],
  input: ImageShape,
  classes: number,
  towers: 1 | 2,
  room: FigureRoom,
  scale: number,
): FigureLayout {
  const wraps = room.sheetHeight === 0;
  const bodyHeight = room.height - LABEL_HEIGHT - room.sheetHeight;
  const rowHeight = wraps ? 22 : Math.min(26, Math.floor(bodyHeight / MOST_OUTPUTS));
  const volumes = blocks.filter(({ form }) => form === 'volume');
  const mostChannels = Math.max(1, ...volumes.map(({ shape }) => asImage(shape).channels / towers));
  const mostDepth = wraps ? 36 : Math.min(64, room.width / 27);
  const channelDepth = Math.min(MOST_CHANNEL_DEPTH, mostDepth / mostChannels);
  const units = blocks.filter(({ form }) => form === 'column').map(({ shape }) => at(shape, 0));
  const columnHeight = wraps ? rowHeight * MOST_OUTPUTS : Math.min(bodyHeight - 8, 280);

  const items: Item[] = [
    { kind: 'input', width: input.width * scale, height: input.height * scale },
  ];
  for (const block of blocks) {
    if (block.form === 'outputs') continue;
    if (block.form === 'column') {
      const grid = columnGrid(at(block.shape, 0), Math.max(...units), columnHeight);
      items.push({ kind: 'column', block, grid, width: grid.width, height: grid.height });
      continue;
    }
    const { height, width, channels } = asImage(block.shape);
    const depth = (channels / towers) * channelDepth;
    items.push({
      ...{ kind: 'volume', block, depth: { x: depth * SLANT.x, y: depth * SLANT.y } },
      width: width * scale + depth * SLANT.x,
      height: towers * height * scale + (towers - 1) * TOWER_GAP + depth * SLANT.y,
    });
  }
  const shown = Math.min(classes, MOST_OUTPUTS);
  items.push({ kind: 'outputs', width: wraps ? 170 : 184, height: shown * rowHeight });

  const placed = flow(items, room.width, LABEL_HEIGHT, wraps);
  const bottom = placed.height;
  let inputRect: Rect = { x: 0, y: 0, width: 0, height: 0 };
  let outputs = inputRect;
  const labels = { input: 0, outputs: 0 };
  const placedBlocks: PlacedBlock[] = [];
  for (const [index, { item, rect, label }] of placed.items.entries()) {
    if (item.kind === 'input') {
      inputRect = rect;
      labels.input = label;
    } else if (item.kind === 'outputs') {
      outputs = rect;
      labels.outputs = label;
    } else {
      const nextX = placed.items[index + 1]?.rect.x ?? room.width;
      const bounds = {
        ...{ x: rect.x - 4, y: label },
        width: Math.max(rect.width + 8, Math.min(76, nextX - rect.x - 2)),
        height: rect.y + rect.height - label + 4,
      };
      const sheet = {
        ...{ x: rect.x, y: bottom + 22 },
        width: wraps || item.kind === 'column' ? 0 : Math.max(0, nextX - rect.x - 12),
        height: Math.max(0, room.sheetHeight - 26),
      };
      const { block } = item;
      if (item.kind === 'column') {
        const solid = { front: rect, depth: { x: 0, y: 0 }, firstChannel: 0 };
        const solids = [{ ...solid, channels: at(block.shape, 0) }];
        placedBlocks.push({ block, bounds, sheet, grid: item.grid, solids });
      } else {
        placedBlocks.push({ block, bounds, sheet, solids: solidsOf(item, rect, towers, scale) });
      }
    }
  }
  return {
    ...{ width: placed.width, height: bottom + room.sheetHeight, scale, channelDepth, rowHeight },
    ...{ input: inputRect, blocks: placedBlocks, outputs, labels },
    reaches: reachesOf(inputRect, placedBlocks, scale),
  };
}

function solidsOf(
  { block, depth }: Extract<Item, { kind: 'volume' }>,
  rect: Rect,
  towers: 1 | 2,
  scale: number,
): Solid[] {
  const { height, width, channels } = asImage(block.shape);
  const each = channels / towers;
  return Array.from({ length: towers }, (_, tower) => ({
    front: {
      x: rect.x,
      y: rect.y + depth.y + tower * (height * scale + TOWER_GAP),
      width: width * scale,
      height: height * scale,
    },
    ...{ depth, firstChannel: tower * each, channels: each },
  }));
}

/** The middle unit of every volume, and what it sees of those before it that it is connected to. */
function reachesOf(input: Rect, blocks: readonly PlacedBlock[], scale: number): Reach[] {
  const reaches: Reach[] = [];
  for (const [index, { block, solids }] of blocks.entries()) {
    if (block.form !== 'volume') continue;
    const before = blocks[index - 1];
    const { height, width } = asImage(block.shape);
    const [row, column] = [Math.floor(height / 2), Math.floor(width / 2)];
    const chain = [...(before?.block.layers.slice(1) ?? []), block.layers[0]];
    const { layer } = block.layers[0];
    const isSplit = layer.kind === 'conv2d' ? layer.groups > 1 : solids.length > 1;
    const box = fieldThrough(chain, { top: row, left: column, bottom: row, right: column });
    for (const [tower, { front }] of solids.entries()) {
      const unit = { x: front.x + (column + 0.5) * scale, y: front.y + (row + 0.5) * scale };
      const sources = before ? before.solids.map((solid) => solid.front) : [input];
      for (const [from, source] of sources.entries()) {
        if (isSplit && sources.length > 1 && from !== tower) continue;
        // Of a block in a row above there is no straight line.
        if (source.x > front.x) continue;
        const field = {
          x: source.x + box.left * scale,
          y: source.y + box.top * scale,
          width: (box.right - box.left + 1) * scale,
          height: (box.bottom - box.top + 1) * scale,
        };
        reaches.push({ to: block.name, field, unit });
      }
    }
  }
  return reaches;
}

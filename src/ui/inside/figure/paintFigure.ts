import type { FigureLayout, PlacedBlock, Solid } from '../../../domain/figure/layout.ts';
import type { Rect } from '../../../domain/figure/rect.ts';
import { type Sheet, sheetOf } from '../../../domain/figure/sheet.ts';
import type {
  Inspection,
  LayerActivations,
  LayerFilters,
} from '../../../domain/inside/inspection.ts';
import { at } from '../../../util/assert.ts';
import { sheetImage } from '../layer/paintMaps.ts';
import { filterValue, isPictures } from '../layer/weightPictures.ts';
import { groundColor, largestOf, signalImage } from '../signal.ts';
import { blit } from './blit.ts';

/** The values of an image as the network saw it, 0 to 1, row-major with the channel last. */
export interface InputPixels {
  readonly pixels: Uint8Array;
  readonly height: number;
  readonly width: number;
}

interface Shown {
  readonly input: InputPixels | undefined;
  readonly seen: Inspection | undefined;
  /** The filters of the first convolution. */
  readonly learned: LayerFilters | undefined;
}

/** Everything in the picture of a network that is made of pixels: what is not known yet is dark. */
export function paintFigure(
  context: CanvasRenderingContext2D,
  layout: FigureLayout,
  { input, seen, learned }: Shown,
  fronts: Map<string, number>,
): void {
  context.clearRect(0, 0, layout.width, layout.height);
  paintInput(context, layout.input, input);
  if (learned) paintFilters(context, layout, learned);
  for (const placed of layout.blocks) {
    const layer = seen?.layers.find(({ name }) => name === placed.block.name);
    if (placed.block.form === 'column') paintColumn(context, placed, layer);
    else paintVolume(context, placed, layer, fronts);
    if (layer && placed.block.form === 'volume') paintSheet(context, placed.sheet, layer);
  }
}

export function paintInput(
  context: CanvasRenderingContext2D,
  rect: Rect,
  input: InputPixels | undefined,
): void {
  ground(context, rect);
  if (!input) return;
  const { width, height, pixels } = input;
  const channels = pixels.length / (width * height);
  if (channels >= 3) {
    const image = new ImageData(width, height);
    for (let i = 0; i < width * height; i++) {
      for (let c = 0; c < 3; c++) image.data[4 * i + c] = at(pixels, i * channels + c);
      image.data[4 * i + 3] = 255;
    }
    blit(context, image, rect);
    return;
  }
  const image = signalImage(width, height, 255, (x, y) => pixels[y * width + x] ?? 0);
  blit(context, image, rect);
}

function ground(context: CanvasRenderingContext2D, { x, y, width, height }: Rect): void {
  context.fillStyle = groundColor;
  context.fillRect(x, y, width, height);
}

function paintColumn(
  context: CanvasRenderingContext2D,
  { solids: [solid], grid }: PlacedBlock,
  layer: LayerActivations | undefined,
): void {
  if (!solid || !grid) return;
  ground(context, solid.front);
  if (!layer) return;
  const { values } = layer;
  const { across, cell } = grid;
  const rows = Math.round(solid.front.height / cell);
  const most = largestOf(values);
  const image = signalImage(across, rows, most, (x, y) => values[y * across + x] ?? 0);
  blit(context, image, solid.front);
}

function paintVolume(
  context: CanvasRenderingContext2D,
  { block, solids }: PlacedBlock,
  layer: LayerActivations | undefined,
  fronts: Map<string, number>,
): void {
  for (const solid of solids) {
    const key = `${block.name} ${solid.firstChannel}`;
    if (layer) fronts.set(key, frontMap(layer, solid, fronts.get(key)));
    paintSolid(context, solid, layer, fronts.get(key));
  }
}

/**
 * Its front is one of its maps. On its top and its side every map has a line: the first row of each, and
 * the last column.
 */
function paintSolid(
  context: CanvasRenderingContext2D,
  { front, depth, firstChannel, channels }: Solid,
  layer: LayerActivations | undefined,
  frontChannel = firstChannel,
): void {
  const [height, width, all] = layer?.shape ?? [1, 1, 1];
  const { values } = layer ?? {};
  const [h, w, c] = [height ?? 1, width ?? 1, all ?? 1];
  const valueAt = (row: number, column: number, channel: number) =>
    values?.[(row * w + column) * c + channel] ?? 0;
  const most = values ? largestOf(values) : 0;

  const faces = [
    {
      image: signalImage(w, channels, most, (x, y) =>
        valueAt(0, x, firstChannel + channels - 1 - y),
      ),
      // Along a row of the map; from the back to the front.
      axes: [front.width / w, 0, -depth.x / channels, depth.y / channels],
      origin: [front.x + depth.x, front.y - depth.y],
    },
    {
      image: signalImage(channels, h, most, (x, y) => valueAt(y, w - 1, firstChannel + x)),
      axes: [depth.x / channels, -depth.y / channels, 0, front.height / h],
      origin: [front.x + front.width, front.y],
    },
  ] as const;
  for (const { image, axes, origin } of faces) {
    context.save();
    context.transform(...(axes as [number, number, number, number]), origin[0], origin[1]);
    blit(context, image, { x: 0, y: 0, width: image.width, height: image.height });
    context.fillStyle = SHADE;
    context.fillRect(0, 0, image.width, image.height);
    context.restore();
  }
  const image = signalImage(w, h, most, (x, y) => valueAt(y, x, frontChannel));
  blit(context, image, front);
}

/** What is not the front lies in the shade. */
const SHADE = 'rgb(127 127 127 / 16%)';

/** A map gives way to another when that is so much stronger, or the front would flicker. */
const STRONGER = 1.25;

function frontMap({ shape, values }: LayerActivations, solid: Solid, held?: number): number {
  const channels = at(shape, 2);
  const sums = new Float64Array(channels);
  for (let i = 0; i < values.length; i++) {
    const channel = i % channels;
    sums[channel] = at(sums, channel) + Math.abs(at(values, i));
  }
  const first = solid.firstChannel;
  const end = first + solid.channels;
  // What is held may be of another network, which had more.
  let best = held !== undefined && held >= first && held < end ? held : first;
  for (let c = first; c < end; c++) {
    if (at(sums, c) > at(sums, best) * (best === held ? STRONGER : 1)) best = c;
  }
  return best;
}

function paintSheet(context: CanvasRenderingContext2D, room: Rect, layer: LayerActivations): void {
  const [, width = 1, channels = 1] = layer.shape;
  const sheet = figureSheet(layer.shape, room);
  if (sheet.shown === 0) return;
  const image = sheetImage(
    sheet,
    largestOf(layer.values),
    (map, row, column) => layer.values[(row * width + column) * channels + map] ?? 0,
  );
  blit(context, image, { x: room.x, y: room.y, width: image.width, height: image.height });
}

/** Under the input: what it is looked at with. */
export function filterRoom({ input, blocks }: FigureLayout): Rect {
  const sheet = blocks[0]?.sheet;
  return { x: input.x, y: sheet?.y ?? 0, width: input.width, height: sheet?.height ?? 0 };
}

function paintFilters(
  context: CanvasRenderingContext2D,
  layout: FigureLayout,
  filters: LayerFilters,
): void {
  const [side = 1, , , count = 1] = filters.kernel.shape;
  const room = filterRoom(layout);
  const sheet = sheetOf(count, side, side, room, MOST_FILTER_SCALE);
  if (sheet.shown === 0 || !isPictures(filters)) return;
  const { most, value } = filterValue(filters, 'learned', 0);
  const image = sheetImage(sheet, most, value);
  blit(context, image, { x: room.x, y: room.y, width: image.width, height: image.height });
}

/** How the maps of a block are laid under it. */
export function figureSheet(
  [height = 1, width = 1, maps = 1]: readonly number[],
  room: Rect,
): Sheet {
  return sheetOf(maps, height, width, room, MOST_SHEET_SCALE);
}

const MOST_SHEET_SCALE = 3;
const MOST_FILTER_SCALE = 6;

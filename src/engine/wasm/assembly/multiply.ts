import { finishTile } from './finishTile';
import { fillRow, packPanel, packTransposed } from './panel';
import { firstOf } from './partition';
import { multiplyTile, setRuns, TILE_BYTES, TILE_COLUMNS, TILE_ROW_BYTES, TILE_ROWS } from './tile';
import { writeWindows } from './windows';

/**
 * The product behind convolutions and dense layers: the rows of the left operand are windows of
 * images, the right operand is a matrix of `taps * depth` rows (a matrix alone has one tap).
 *
 * A thread takes a range of rows or of columns, whichever there is more of. For each panel of 8
 * columns it packs the right operand, which then stays in the nearest cache, and streams its rows
 * past it. Nothing is unrolled into columns first ("im2col"): the addresses of the windows, written
 * down once, do the same (Dukhan, "The indirect convolution algorithm", 2019).
 */

/** How the right operand lies in memory. */
export const ROW_MAJOR: i32 = 0;
/** Tap t of the product is tap `taps - 1 - t` of it, and each tap is transposed. */
export const REVERSED: i32 = 1;

/**
 * @param x images `[batch, height, width, channels]`, padded: a window never leaves them
 * @param b `[windowHeight, windowWidth, channels, columns]`, or for `REVERSED` that of the gradient:
 *   `[windowHeight, windowWidth, columns, channels]`
 * @param c `[batch, outHeight, outWidth, columns]`
 */
export function multiplyWindows(
  x: usize,
  b: usize,
  layout: i32,
  bias: usize,
  relu: bool,
  c: usize,
  batch: i32,
  height: i32,
  width: i32,
  channels: i32,
  outHeight: i32,
  outWidth: i32,
  windowHeight: i32,
  windowWidth: i32,
  stride: i32,
  columns: i32,
  scratch: usize,
  thread: i32,
  threads: i32,
): void {
  const rows = batch * outHeight * outWidth;
  const blocks = (rows + TILE_ROWS - 1) / TILE_ROWS;
  const panels = (columns + TILE_COLUMNS - 1) / TILE_COLUMNS;
  const byRows = blocks >= panels;
  const firstBlock = byRows ? firstOf(blocks, thread, threads) : 0;
  const endBlock = byRows ? firstOf(blocks, thread + 1, threads) : blocks;
  const firstPanel = byRows ? 0 : firstOf(panels, thread, threads);
  const endPanel = byRows ? panels : firstOf(panels, thread + 1, threads);
  if (firstBlock >= endBlock) return;

  const pixelBytes = usize(channels) << 2;
  const rowBytes = usize(width) * pixelBytes;
  const run = windowWidth * channels;
  const firstRow = firstBlock * TILE_ROWS;
  const endRow = min(endBlock * TILE_ROWS, rows);
  const edgeTile = scratch;
  const windows = scratch + TILE_BYTES;
  const windowsEnd = writeWindows(
    windows,
    x,
    firstRow,
    endRow,
    usize(height) * rowBytes,
    outHeight,
    usize(stride) * rowBytes,
    outWidth,
    usize(stride) * pixelBytes,
  );
  const packed = (windowsEnd + 15) & ~15;
  setRuns(windowHeight, run, rowBytes, packed);

  const pitch = usize(columns) << 2;
  for (let panel = firstPanel; panel < endPanel; panel++) {
    const column = panel * TILE_COLUMNS;
    const columnsKept = min(columns - column, TILE_COLUMNS);
    const columnBytes = usize(column) << 2;
    if (layout === ROW_MAJOR) packRuns(b, windowHeight, run, columns, column, packed);
    else packReversed(b, windowHeight, windowWidth, channels, columns, column, packed);
    const panelBias = bias ? bias + columnBytes : 0;
    let to = c + usize(firstRow) * pitch + columnBytes;
    let window = windows;
    for (let row = firstRow; row < endRow; row += TILE_ROWS) {
      const rowsKept = min(endRow - row, TILE_ROWS);
      if (rowsKept < TILE_ROWS || columnsKept < TILE_COLUMNS) {
        multiplyTile(window, packed, edgeTile, TILE_ROW_BYTES);
        finishTile(edgeTile, TILE_ROW_BYTES, to, pitch, rowsKept, columnsKept, panelBias, relu);
      } else {
        multiplyTile(window, packed, to, pitch);
        if (panelBias !== 0 || relu) {
          finishTile(to, pitch, to, pitch, TILE_ROWS, TILE_COLUMNS, panelBias, relu);
        }
      }
      window += 4 * TILE_ROWS;
      to += pitch * TILE_ROWS;
    }
  }
}

/** Each run begins at an even row of the panel; a row of zeros fills the gap. */
function packRuns(
  b: usize,
  runs: i32,
  length: i32,
  columns: i32,
  column: i32,
  packed: usize,
): void {
  const runBytes = (usize(length) * usize(columns)) << 2;
  let to = packed;
  for (let run = 0; run < runs; run++) {
    packPanel(b + usize(run) * runBytes, length, columns, column, to);
    to += usize(length) * TILE_ROW_BYTES;
    if (length & 1) to = fillRow(to);
  }
}

function packReversed(
  b: usize,
  windowHeight: i32,
  windowWidth: i32,
  depth: i32,
  columns: i32,
  column: i32,
  packed: usize,
): void {
  const tapBytes = (usize(columns) * usize(depth)) << 2;
  let from = b + usize(windowHeight * windowWidth) * tapBytes;
  let to = packed;
  for (let u = 0; u < windowHeight; u++) {
    for (let v = 0; v < windowWidth; v++) {
      from -= tapBytes;
      packTransposed(from, columns, depth, column, to);
      to += usize(depth) * TILE_ROW_BYTES;
    }
    if ((windowWidth * depth) & 1) to = fillRow(to);
  }
}

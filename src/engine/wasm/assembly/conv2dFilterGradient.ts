import { addTile, finishTile } from './finishTile';
import { fillRow, packPanel } from './panel';
import { firstOf } from './partition';
import {
  multiplyTransposedTile,
  TILE_BYTES,
  TILE_COLUMNS,
  TILE_ROW_BYTES,
  TILE_ROWS,
} from './tile';
import { writeWindows } from './windows';

/** Pixels that are summed before the next part of the filters has its turn: they stay in a cache. */
const CHUNK_PIXELS: i32 = 192;

/**
 * The gradient by the filters: `dfilters[u, v, c, f] = sum over n, i, j of
 * x[n, i * stride + u, j * stride + v, c] * dy[n, i, j, f]`.
 *
 * `x` is padded (`padImages`) to `[batch, height, width, channels]`. Threads divide the filters in
 * tiles of 6 taps (neighbours in memory, in a row of the window) by 8 filters; each tile is summed
 * over all images in their order.
 */
export function conv2dFilterGradient(
  x: usize,
  dy: usize,
  dfilters: usize,
  batch: i32,
  height: i32,
  width: i32,
  channels: i32,
  outHeight: i32,
  outWidth: i32,
  filterHeight: i32,
  filterWidth: i32,
  stride: i32,
  outChannels: i32,
  scratch: usize,
  scratchBytes: usize,
  thread: i32,
  threads: i32,
): void {
  const pixelBytes = usize(channels) << 2;
  const rowBytes = usize(width) * pixelBytes;
  const imageBytes = usize(height) * rowBytes;
  const pitch = usize(outChannels) << 2;
  const outPixels = outHeight * outWidth;
  const chunk = max(1, CHUNK_PIXELS / outPixels);
  const run = filterWidth * channels;
  const blocksOfRun = (run + TILE_ROWS - 1) / TILE_ROWS;
  const blocks = filterHeight * blocksOfRun;
  const panels = (outChannels + TILE_COLUMNS - 1) / TILE_COLUMNS;
  const first = firstOf(panels * blocks, thread, threads);
  const end = firstOf(panels * blocks, thread + 1, threads);

  const tile = scratch + usize(thread) * scratchBytes;
  const windows = tile + TILE_BYTES;
  for (let image = 0; image < batch; image += chunk) {
    const pixels = min(chunk, batch - image) * outPixels;
    const firstPixel = image * outPixels;
    const chunkDy = dy + usize(firstPixel) * pitch;
    writeWindows(
      windows,
      x,
      firstPixel,
      firstPixel + pixels,
      imageBytes,
      outHeight,
      usize(stride) * rowBytes,
      outWidth,
      usize(stride) * pixelBytes,
    );
    const even = (pixels + 1) & ~1;
    const windowsEnd = windows + (usize(even) << 2);
    const packed = (windowsEnd + 15) & ~15;
    let panel = -1;
    for (let item = first; item < end; item++) {
      if (item / blocks !== panel) {
        panel = item / blocks;
        packPanel(chunkDy, pixels, outChannels, panel * TILE_COLUMNS, packed);
        if (even > pixels) fillRow(packed + usize(pixels) * TILE_ROW_BYTES);
      }
      const block = item % blocks;
      const u = block / blocksOfRun;
      const inRun = (block % blocksOfRun) * TILE_ROWS;
      multiplyTransposedTile(
        windows,
        windowsEnd,
        usize(u) * rowBytes + (usize(inRun) << 2),
        packed,
        tile,
      );
      const to = dfilters + usize(u * run + inRun) * pitch + usize(panel) * TILE_ROW_BYTES;
      const rowsKept = min(run - inRun, TILE_ROWS);
      const columnsKept = min(outChannels - panel * TILE_COLUMNS, TILE_COLUMNS);
      if (image > 0) addTile(tile, to, pitch, rowsKept, columnsKept);
      else finishTile(tile, TILE_ROW_BYTES, to, pitch, rowsKept, columnsKept, 0, false);
    }
  }
}

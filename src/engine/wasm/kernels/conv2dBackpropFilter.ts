/**
 * Gradient of a convolution with respect to its filter.
 *
 *   dW[i, j, c, o] = sum over n, y, x of  X[n, y*s + i - top, x*s + j - left, c] * dY[n, y, x, o]
 *
 * X is [n, height, width, c] (NHWC), dW is [i, j, c, o] (HWIO), dY is [n, y, x, o], s the stride.
 * (Goodfellow, Bengio, Courville, "Deep Learning", 2016, equation 9.11.)
 *
 * It is a matrix product of a wide matrix, one row a tap (i, j) and channel, one column a pixel,
 * with dY, one row a pixel. XNNPACK multiplies at 20-30 GFLOPS when neither is transposed, so the
 * wide matrix must exist in that order, and its rows are long: n*y*x. Two ideas keep it cheap.
 *
 * One: write every channel of X as one long row with a frame of zeros around the images, where the
 * right margin of a row of pixels is also the left margin of the next, and the bottom margin of an
 * image the top margin of the next. On this grid, stepping down or right is a step along the row.
 * So the row of tap (i, j) is the row of tap (0, 0), read i*pitch + j places later.
 *
 * Two: only the taps of one kernel row are written out (j = 0..kw-1, each a single memory move).
 * The matrix of kernel row i is this same memory, begun i*pitch places later. A matrix row then
 * runs into the next by i*pitch places, but there dY, spread on the same grid, is zero.
 */
import { tf } from '../../tf.ts';
import {
  alias,
  allocate,
  heapFloats,
  release,
  releaseAlias,
  runKernel,
  type WasmBackend,
} from '../heap.ts';
import { shape4D, type WasmKernel } from '../kernel.ts';

/** Room for either matrix; larger batches are taken in equal parts whose gradients add up. */
const MAX_MATRIX_FLOATS = 8 * 1024 * 1024;

interface Grid {
  /** Places from one row of pixels to the next, and from one image to the next. */
  readonly rowPitch: number;
  readonly imagePitch: number;
  /** Places before the first pixel of the first image. */
  readonly margin: number;
  readonly images: number;
  /** Length of a matrix row: the images of one part, and what the last kernel row reaches beyond. */
  readonly length: number;
}

export const conv2dBackpropFilterKernel: WasmKernel = {
  name: tf.Conv2DBackpropFilter,
  run({ backend, attrs, input }) {
    const { strides, pad, dimRoundingMode, filterShape } =
      attrs as unknown as tf.Conv2DBackpropFilterAttrs;
    const x = input('x');
    const info = tf.backend_util.computeConv2DInfo(
      shape4D(x),
      filterShape,
      strides,
      1,
      pad,
      dimRoundingMode,
    );
    return conv2dBackpropFilter(backend, x, input('dy'), info);
  },
};

type ConvInfo = tf.backend_util.Conv2DInfo;

function conv2dBackpropFilter(
  backend: WasmBackend,
  x: tf.TensorInfo,
  dy: tf.TensorInfo,
  info: ConvInfo,
): tf.TensorInfo {
  const { filterHeight, filterWidth, inChannels, outChannels } = info;
  const grid = gridOf(info);
  const reach = (filterHeight - 1) * grid.rowPitch;
  const matrixRows = filterWidth * inChannels;

  const dw = allocate(backend, [filterHeight, filterWidth, inChannels, outChannels]);
  const matrix = allocate(backend, [matrixRows * grid.length + reach]);
  heapFloats(backend, dw).fill(0);

  for (let first = 0; first < info.batchSize; first += grid.images) {
    const images = Math.min(grid.images, info.batchSize - first);
    // XNNPACK keeps dY packed for as long as this tensor lives, so each part has its own.
    const spread = allocate(backend, [1, grid.length, outChannels]);
    spreadGradient(heapFloats(backend, dy), heapFloats(backend, spread), info, grid, first, images);
    writeMatrix(heapFloats(backend, x), heapFloats(backend, matrix), info, grid, first, images);
    for (let i = 0; i < filterHeight; i++) {
      const rows = alias(backend, matrix, i * grid.rowPitch, [1, matrixRows, grid.length]);
      const product = runKernel(
        backend,
        tf.BatchMatMul,
        { a: rows, b: spread },
        { transposeA: false, transposeB: false },
      );
      const taps = heapFloats(backend, dw).subarray(i * matrixRows * outChannels);
      addInto(taps, heapFloats(backend, product));
      release(backend, product);
      releaseAlias(backend, rows);
    }
    release(backend, spread);
  }
  release(backend, matrix);
  return dw;
}

function gridOf(info: ConvInfo): Grid {
  const { top, bottom, left, right } = info.padInfo;
  const { filterHeight, filterWidth, strideHeight, strideWidth, inChannels, outChannels } = info;
  const rowPitch = Math.max(
    info.inWidth + Math.max(left, right),
    (info.outWidth - 1) * strideWidth + 1,
  );
  const rows = Math.max(
    info.inHeight + Math.max(top, bottom),
    (info.outHeight - 1) * strideHeight + 1,
  );
  const imagePitch = rows * rowPitch;
  const floatsAnImage = imagePitch * Math.max(filterWidth * inChannels, outChannels);
  const parts = Math.ceil((info.batchSize * floatsAnImage) / MAX_MATRIX_FLOATS);
  const images = Math.ceil(info.batchSize / parts);
  const length = images * imagePitch + (filterHeight - 1) * rowPitch + filterWidth - 1;
  return { rowPitch, imagePitch, margin: top * rowPitch + left, images, length };
}

function spreadGradient(
  dy: Float32Array,
  spread: Float32Array,
  info: ConvInfo,
  grid: Grid,
  first: number,
  images: number,
): void {
  const { outHeight, outWidth, outChannels, strideHeight, strideWidth } = info;
  spread.fill(0);
  for (let n = 0; n < images; n++) {
    for (let y = 0; y < outHeight; y++) {
      const from = ((first + n) * outHeight + y) * outWidth * outChannels;
      const to = n * grid.imagePitch + y * strideHeight * grid.rowPitch;
      if (strideWidth === 1) {
        spread.set(dy.subarray(from, from + outWidth * outChannels), to * outChannels);
        continue;
      }
      for (let pixel = 0; pixel < outWidth; pixel++) {
        const source = from + pixel * outChannels;
        spread.set(
          dy.subarray(source, source + outChannels),
          (to + pixel * strideWidth) * outChannels,
        );
      }
    }
  }
}

function writeMatrix(
  x: Float32Array,
  matrix: Float32Array,
  info: ConvInfo,
  grid: Grid,
  first: number,
  images: number,
): void {
  const { inHeight, inWidth, inChannels, filterWidth } = info;
  const { length } = grid;
  const tapFloats = inChannels * length;
  // Zeros also where dY is zero: the heap may hold NaN there, and NaN times zero is NaN.
  matrix.fill(0, 0, tapFloats);
  matrix.fill(0, filterWidth * tapFloats);
  let source = first * inHeight * inWidth * inChannels;
  for (let n = 0; n < images; n++) {
    for (let row = 0; row < inHeight; row++) {
      const place = grid.margin + n * grid.imagePitch + row * grid.rowPitch;
      for (let pixel = 0; pixel < inWidth; pixel++) {
        for (let c = 0; c < inChannels; c++) {
          matrix[c * length + place + pixel] = x[source++] as number;
        }
      }
    }
  }
  // Every row moved j places to the left at once; what comes in at its end meets zeros of dY.
  for (let j = 1; j < filterWidth; j++) {
    matrix.copyWithin(j * tapFloats, j, tapFloats);
    matrix.fill(0, (j + 1) * tapFloats - j, (j + 1) * tapFloats);
  }
}

function addInto(total: Float32Array, part: Float32Array): void {
  for (let i = 0; i < part.length; i++) {
    total[i] = (total[i] as number) + (part[i] as number);
  }
}

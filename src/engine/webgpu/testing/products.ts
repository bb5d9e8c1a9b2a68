import type { ConvGeometry } from '../../../domain/architecture/window.ts';
import { at } from '../../../util/assert.ts';
import { filterFloats, inputFloats, outputFloats } from '../kernels/convGeometry.ts';
import type { MatMulShape } from '../kernels/matMul.ts';

/** Matrix products and convolutions as their formulas say, one term after the other in 64 bits. */

export function plainMatMul(shape: MatMulShape, a: Float32Array, b: Float32Array): Float64Array {
  const { batches, rows, columns, depth, transposeA, transposeB, sharedA, sharedB } = shape;
  const c = new Float64Array(batches * rows * columns);
  for (let batch = 0; batch < batches; batch++) {
    const aStart = sharedA ? 0 : batch * rows * depth;
    const bStart = sharedB ? 0 : batch * depth * columns;
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        let sum = 0;
        for (let k = 0; k < depth; k++) {
          const aAt = aStart + (transposeA ? k * rows + row : row * depth + k);
          const bAt = bStart + (transposeB ? column * depth + k : k * columns + column);
          sum += at(a, aAt) * at(b, bAt);
        }
        c[(batch * rows + row) * columns + column] = sum;
      }
    }
  }
  return c;
}

export function plainConv2d(g: ConvGeometry, x: Float32Array, filters: Float32Array): Float64Array {
  const y = new Float64Array(outputFloats(g));
  forEachTerm(g, (inX, inFilters, inY) => {
    y[inY] = at(y, inY) + at(x, inX) * at(filters, inFilters);
  });
  return y;
}

export function plainFilterGradient(
  g: ConvGeometry,
  x: Float32Array,
  dy: Float32Array,
): Float64Array {
  const dfilters = new Float64Array(filterFloats(g));
  forEachTerm(g, (inX, inFilters, inY) => {
    dfilters[inFilters] = at(dfilters, inFilters) + at(x, inX) * at(dy, inY);
  });
  return dfilters;
}

export function plainInputGradient(
  g: ConvGeometry,
  dy: Float32Array,
  filters: Float32Array,
): Float64Array {
  const dx = new Float64Array(inputFloats(g));
  forEachTerm(g, (inX, inFilters, inY) => {
    dx[inX] = at(dx, inX) + at(dy, inY) * at(filters, inFilters);
  });
  return dx;
}

/** Visits every product that a convolution adds up, as positions in `x`, `filters` and `y`. */
function forEachTerm(
  g: ConvGeometry,
  visit: (inX: number, inFilters: number, inY: number) => void,
): void {
  for (let pixel = 0; pixel < g.batch * g.outHeight * g.outWidth; pixel++) {
    const n = Math.floor(pixel / (g.outHeight * g.outWidth));
    const i = Math.floor(pixel / g.outWidth) % g.outHeight;
    const j = pixel % g.outWidth;
    for (let h = 0; h < g.filterHeight; h++) {
      for (let w = 0; w < g.filterWidth; w++) {
        const row = i * g.strideHeight + h - g.padTop;
        const column = j * g.strideWidth + w - g.padLeft;
        if (row < 0 || row >= g.inHeight || column < 0 || column >= g.inWidth) continue;
        for (let c = 0; c < g.inChannels; c++) {
          const inX = ((n * g.inHeight + row) * g.inWidth + column) * g.inChannels + c;
          const window = ((h * g.filterWidth + w) * g.inChannels + c) * g.outChannels;
          for (let o = 0; o < g.outChannels; o++) {
            visit(inX, window + o, pixel * g.outChannels + o);
          }
        }
      }
    }
  }
}

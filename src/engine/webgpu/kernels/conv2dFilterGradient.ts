import type { ConvGeometry } from '../../../domain/architecture/window.ts';
import type { GemmProblem } from '../gemm/problem.ts';
import { gemmOperation } from '../gemm/variants.ts';
import type { DeviceTraits, Operation } from '../operation.ts';
import {
  filterFloats,
  geometryKey,
  inputFloats,
  outputFloats,
  touchesBorder,
} from './convGeometry.ts';

/**
 * The gradient of a convolution with respect to its filter: every pixel of y contributes, so with
 * the stride s and paddings p, q of `conv2d`
 *
 *   dfilters[h, w, c, o] = sum over n, i, j of  x[n, i s + h - p, j s + w - q, c] * dy[n, i, j, o]
 *
 * Rows of the product are the filter's (h, w, c), columns its outputs o. The depth is as long as the
 * batch has pixels: a tap is one row (n, i) of y, along which j walks over the pixels of x at a
 * distance of s. Those j for which the pixel lies beside the image count as zero.
 */

/** Operands: `x`, `dy`, `dfilters`. */
export function conv2dFilterGradient(g: ConvGeometry, traits: DeviceTraits): Operation {
  const floats = inputFloats(g) + filterFloats(g) + outputFloats(g);
  const problem = conv2dFilterGradientProblem(g);
  return gemmOperation('conv2dFilterGradient', geometryKey(g), problem, floats, traits);
}

export function conv2dFilterGradientProblem(g: ConvGeometry): GemmProblem {
  const { inHeight, inWidth, inChannels, outHeight, outWidth, outChannels } = g;
  const step = g.strideWidth * inChannels;
  return {
    rows: g.filterHeight * g.filterWidth * inChannels,
    columns: outChannels,
    taps: g.batch * outHeight,
    inner: outWidth,
    batches: 1,
    a: {
      name: 'x',
      size: inputFloats(g),
      place: `
  let c = i32(row % ${inChannels}u);
  let w = i32(row / ${inChannels}u % ${g.filterWidth}u) - ${g.padLeft};
  let h = i32(row / ${inChannels * g.filterWidth}u) - ${g.padTop};
  // 0 <= j * stride + w < width
  let first = (max(-w, 0) + ${g.strideWidth - 1}) / ${g.strideWidth};
  let end = (max(${inWidth} - w, 0) + ${g.strideWidth - 1}) / ${g.strideWidth};
  return vec4i(w * ${inChannels} + c, h, first, end);`,
      span: `
  let n = i32(tap / ${outHeight}u);
  let y = i32(tap % ${outHeight}u) * ${g.strideHeight} + place.y;
  let offset = (n * ${inHeight} + y) * ${inWidth * inChannels} + place.x;
  let inside = (y >= 0) & (y < ${inHeight});
  return Span(offset, place.z, select(place.z, place.w, inside));`,
      stride: step,
      bordered: touchesBorder(g),
      ...(inChannels % 4 === 0 ? { fours: 'rows' } : {}),
    },
    b: {
      name: 'dy',
      size: outputFloats(g),
      offset: `tap * ${outWidth * outChannels}u`,
      stride: outChannels,
      columnStride: 1,
    },
    c: { name: 'dfilters', size: filterFloats(g), offset: '0u', rowStride: outChannels },
  };
}

import type { ConvGeometry } from '../../../domain/architecture/window.ts';
import { finishKey } from '../gemm/finish.ts';
import type { Finish, GemmProblem } from '../gemm/problem.ts';
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
 * Convolution as networks mean it (a cross-correlation), NHWC images and HWIO filters:
 *
 *   y[n, i, j, o] = sum over h, w, c of  x[n, i s + h - p, j s + w - q, c] * filters[h, w, c, o]
 *
 * with stride s, and p rows and q columns of zeros before the image. As a matrix product its rows are
 * the pixels of y, its columns the filters. A tap is one row h of the window: there the window's
 * pixels and channels (w, c) lie side by side in x, at j s - q pixels from the left, and side by side
 * in the filter. What falls beside the image, at the left or right end of that row, counts as zero.
 *
 * Operands: `x`, `filters`, `y`, and those of `finish`.
 */
export function conv2d(g: ConvGeometry, traits: DeviceTraits, finish?: Finish): Operation {
  const floats = inputFloats(g) + filterFloats(g) + outputFloats(g);
  const shape = `${geometryKey(g)}${finishKey(finish)}`;
  return gemmOperation('conv2d', shape, conv2dProblem(g, finish), floats, traits);
}

export function conv2dProblem(g: ConvGeometry, finish?: Finish): GemmProblem {
  const { inHeight, inWidth, inChannels, filterHeight, filterWidth, outChannels } = g;
  const rowFloats = inWidth * inChannels;
  const inner = filterWidth * inChannels;
  return {
    rows: g.batch * g.outHeight * g.outWidth,
    columns: outChannels,
    taps: filterHeight,
    inner,
    batches: 1,
    a: {
      name: 'x',
      size: inputFloats(g),
      place: `
  let n = i32(row / ${g.outHeight * g.outWidth}u);
  let i = i32(row / ${g.outWidth}u % ${g.outHeight}u);
  let j = i32(row % ${g.outWidth}u);
  let top = i * ${g.strideHeight} - ${g.padTop};
  let left = (j * ${g.strideWidth} - ${g.padLeft}) * ${inChannels};
  return vec4i(n * ${inHeight}, top, left, 0);`,
      span: `
  let y = place.y + i32(tap);
  let left = place.z;
  let end = select(-left, ${rowFloats} - left, (y >= 0) & (y < ${inHeight}));
  return Span((place.x + y) * ${rowFloats} + left, -left, end);`,
      stride: 1,
      bordered: touchesBorder(g),
      ...(inChannels % 4 === 0 ? { fours: 'depth' } : {}),
    },
    b: {
      name: 'filters',
      size: filterFloats(g),
      offset: `tap * ${inner * outChannels}u`,
      stride: outChannels,
      columnStride: 1,
    },
    c: {
      name: 'y',
      size: outputFloats(g),
      offset: '0u',
      rowStride: outChannels,
      ...(finish ? { finish } : {}),
    },
  };
}

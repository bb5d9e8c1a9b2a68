import type { ConvGeometry } from '../../../domain/architecture/window.ts';
import { finishKey } from '../gemm/finish.ts';
import type { Finish, GemmProblem } from '../gemm/problem.ts';
import { gemmOperation } from '../gemm/variants.ts';
import type { DeviceTraits, Operation } from '../operation.ts';
import { filterFloats, geometryKey, inputFloats, outputFloats } from './convGeometry.ts';

/**
 * The gradient of a convolution with respect to its image. A pixel of x took part in every pixel of
 * y whose window covered it, so with the strides s, t and paddings p, q of `conv2d`
 *
 *   dx[n, a, b, c] = sum over h, w, o of  dy[n, (a + p - h) / s, (b + q - w) / t, o] * filters[h, w, c, o]
 *
 * over those h and w for which both divisions come out even and lie inside of y. Rows of the product
 * are the pixels of x, columns its channels; a tap is one (h, w), along which the channels o lie
 * side by side in both.
 */

/** Operands: `dy`, `filters`, `dx`, and those of `finish`. */
export function conv2dInputGradient(
  g: ConvGeometry,
  traits: DeviceTraits,
  finish?: Finish,
): Operation {
  const floats = inputFloats(g) + filterFloats(g) + outputFloats(g);
  const shape = `${geometryKey(g)}${finishKey(finish)}`;
  const problem = conv2dInputGradientProblem(g, finish);
  return gemmOperation('conv2dInputGradient', shape, problem, floats, traits);
}

export function conv2dInputGradientProblem(g: ConvGeometry, finish?: Finish): GemmProblem {
  const { inHeight, inWidth, inChannels, filterHeight, filterWidth, outChannels } = g;
  return {
    rows: g.batch * inHeight * inWidth,
    columns: inChannels,
    taps: filterHeight * filterWidth,
    inner: outChannels,
    batches: 1,
    a: {
      name: 'dy',
      size: outputFloats(g),
      place: `
  let n = i32(row / ${inHeight * inWidth}u);
  let bottom = i32(row / ${inWidth}u % ${inHeight}u) + ${g.padTop};
  let right = i32(row % ${inWidth}u) + ${g.padLeft};
  return vec4i(n * ${g.outHeight}, bottom, right, 0);`,
      span: `
  let i = place.y - i32(tap / ${filterWidth}u);
  let j = place.z - i32(tap % ${filterWidth}u);
  let y = i / ${g.strideHeight};
  let x = j / ${g.strideWidth};
  let inside = (i >= 0) & (y < ${g.outHeight}) & (j >= 0) & (x < ${g.outWidth})${onlyEven(g)};
  let offset = ((place.x + y) * ${g.outWidth} + x) * ${outChannels};
  return Span(offset, 0, select(0, ${outChannels}, inside));`,
      stride: 1,
      bordered: filterHeight > 1 || filterWidth > 1 || g.strideHeight > 1 || g.strideWidth > 1,
      ...(outChannels % 4 === 0 ? { fours: 'depth' } : {}),
    },
    b: {
      name: 'filters',
      size: filterFloats(g),
      offset: `tap * ${inChannels * outChannels}u`,
      stride: 1,
      columnStride: outChannels,
    },
    c: {
      name: 'dx',
      size: inputFloats(g),
      offset: '0u',
      rowStride: inChannels,
      ...(finish ? { finish } : {}),
    },
  };
}

function onlyEven({ strideHeight, strideWidth }: ConvGeometry): string {
  if (strideHeight === 1 && strideWidth === 1) return '';
  return ` & (i % ${strideHeight} == 0) & (j % ${strideWidth} == 0)`;
}

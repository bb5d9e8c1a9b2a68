import fc from 'fast-check';
import { tf } from '../../tfjs/tf.ts';

/** A convolution of some extents, as tfjs describes it. */
export interface ConvCase {
  /** NHWC. */
  readonly shape: [number, number, number, number];
  /** HWIO. */
  readonly filter: [number, number, number, number];
  readonly stride: number;
  readonly pad: 'same' | 'valid' | ExplicitPad;
}

type ExplicitPad = [[0, 0], [number, number], [number, number], [0, 0]];

/** As tfjs computes them. */
export function convExtents({ shape, filter, stride, pad }: ConvCase) {
  const info = tf.backend_util.computeConv2DInfo(shape, filter, stride, 1, pad);
  const { outHeight, outWidth, outShape } = info;
  return { outHeight, outWidth, outShape, top: info.padInfo.top, left: info.padInfo.left };
}

/** What tfjs-cpu does in some milliseconds. */
const MOST_PRODUCTS = 1_000_000;

// 29 images of 3 by 3 pixels are more than the filter gradient takes at once.
const batches = fc.constantFrom(1, 2, 3, 5, 29);
const around = fc.tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 3 }));
const channels = fc.constantFrom(1, 3, 5, 8, 10, 16, 24);
const side = fc.integer({ min: 1, max: 7 });

export const convCases: fc.Arbitrary<ConvCase> = fc
  .record({
    batch: batches,
    extents: fc.tuple(fc.integer({ min: 1, max: 10 }), fc.integer({ min: 1, max: 10 })),
    inChannels: channels,
    sides: fc.tuple(side, side),
    outChannels: channels,
    stride: fc.integer({ min: 1, max: 4 }),
    pad: fc.oneof(
      fc.constantFrom('same' as const, 'valid' as const),
      fc.tuple(around, around).map(([rows, columns]): ExplicitPad => {
        return [[0, 0], rows, columns, [0, 0]];
      }),
    ),
  })
  .map(
    ({ batch, extents, inChannels, sides, outChannels, stride, pad }): ConvCase => ({
      shape: [batch, ...extents, inChannels],
      filter: [...sides, inChannels, outChannels],
      stride,
      pad,
    }),
  )
  .filter((convCase) => seesTheImage(convCase) && productsOf(convCase) <= MOST_PRODUCTS);

/** There are windows, and they do not all lie in the padding: an error relative to 0 says nothing. */
function seesTheImage(convCase: ConvCase): boolean {
  const { shape, filter, stride } = convCase;
  const { outHeight, outWidth, outShape, top, left } = convExtents(convCase);
  const sees = (count: number, before: number, window: number, extent: number) =>
    Array.from({ length: Math.max(0, count) }, (_, i) => i * stride - before).some(
      (start) => start + window > 0 && start < extent,
    );
  // Of few sums all may be near 0, next to which any rounding is large.
  const enough = tf.util.sizeFromShape(outShape) >= 4;
  return (
    sees(outHeight, top, filter[0], shape[1]) && sees(outWidth, left, filter[1], shape[2]) && enough
  );
}

function productsOf(convCase: ConvCase): number {
  const { outShape } = convExtents(convCase);
  const [height, width, depth] = convCase.filter;
  return tf.util.sizeFromShape(outShape) * height * width * depth;
}

import fc from 'fast-check';
import { tf } from '../../tfjs/tf.ts';

/** Pooling of some extents, as tfjs describes it and as the kernels take it. */
export interface PoolCase {
  readonly shape: [number, number, number, number];
  readonly window: number;
  readonly stride: number;
  readonly pad: 'same' | 'valid' | number;
  /** 1 to 3 threads beside the one that the result is compared with. */
  readonly threads: number;
}

const extent = fc.integer({ min: 1, max: 9 });

export const poolCases: fc.Arbitrary<PoolCase> = fc
  .record({
    shape: fc.tuple(
      fc.integer({ min: 1, max: 4 }),
      extent,
      extent,
      fc.constantFrom(1, 2, 3, 4, 5, 7, 8, 11, 16, 24),
    ),
    window: fc.integer({ min: 1, max: 5 }),
    stride: fc.integer({ min: 1, max: 3 }),
    pad: fc.constantFrom<PoolCase['pad'][]>('same', 'valid', 1, 2),
    threads: fc.integer({ min: 2, max: 4 }),
  })
  .filter(({ shape: [, height, width], window, pad }) => {
    if (pad === 'same') return true;
    const around = pad === 'valid' ? 0 : pad;
    // The window fits, and never lies in the padding alone.
    return Math.min(height, width) + 2 * around >= window && around < window;
  });

/** The extents as the kernels take them, behind the addresses. */
export function poolNumbers({ shape, window, stride, pad }: PoolCase) {
  const info = tf.backend_util.computePool2DInfo(shape, window, stride, 1, pad);
  const [, height, width, channels] = shape;
  const { top, left } = info.padInfo;
  const extents = [shape[0], height, width, channels, info.outHeight, info.outWidth];
  return {
    numbers: [...extents, window, stride, top, left],
    outShape: info.outShape,
    outCount: tf.util.sizeFromShape(info.outShape),
  };
}

/** Calls `visit` for every window and every pixel of it that lies inside the image. */
export function forWindows(
  poolCase: PoolCase,
  visit: (output: number, input: number, place: number, pixels: number) => void,
): void {
  const { numbers } = poolNumbers(poolCase);
  const [n = 0, height = 0, width = 0, channels = 0, outHeight = 0, outWidth = 0] = numbers;
  const [window = 0, stride = 0, top = 0, left = 0] = numbers.slice(6);
  for (let output = 0; output < n * outHeight * outWidth * channels; output++) {
    const c = output % channels;
    const outX = Math.floor(output / channels) % outWidth;
    const outY = Math.floor(output / channels / outWidth) % outHeight;
    const image = Math.floor(output / channels / outWidth / outHeight);
    const inside: [number, number][] = [];
    for (let place = 0; place < window * window; place++) {
      const y = outY * stride - top + Math.floor(place / window);
      const x = outX * stride - left + (place % window);
      if (y < 0 || y >= height || x < 0 || x >= width) continue;
      inside.push([((image * height + y) * width + x) * channels + c, place]);
    }
    for (const [input, place] of inside) visit(output, input, place, inside.length);
  }
}

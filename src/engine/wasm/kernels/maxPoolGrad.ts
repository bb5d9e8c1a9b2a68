/**
 * Gradient of max pooling: each output's gradient goes to the input that was the maximum.
 *
 *   dX[n, y, x, c] = sum over the windows whose maximum lies at (y, x) of dY[n, window, c]
 *
 * Shapes NHWC. Of equal maxima the first in reading order wins, as in tfjs-backend-cpu; a window
 * without a number (all NaN) sends its gradient nowhere. Overlapping windows add up.
 */
import { tf } from '../../tf.ts';
import { allocate, heapFloats } from '../heap.ts';
import { shape4D, type WasmKernel } from '../kernel.ts';

export const maxPoolGradKernel: WasmKernel = {
  name: tf.MaxPoolGrad,
  run({ backend, attrs, input }) {
    const { filterSize, strides, pad, dimRoundingMode } = attrs as unknown as tf.MaxPoolGradAttrs;
    const x = input('input');
    const info = tf.backend_util.computePool2DInfo(
      shape4D(x),
      filterSize,
      strides,
      1,
      pad,
      dimRoundingMode,
    );
    const dx = allocate(backend, x.shape);
    const gradient = heapFloats(backend, dx).fill(0);
    routeToMaxima(heapFloats(backend, x), heapFloats(backend, input('dy')), gradient, info);
    return dx;
  },
};

type PoolInfo = tf.backend_util.Conv2DInfo;

function routeToMaxima(x: Float32Array, dy: Float32Array, dx: Float32Array, info: PoolInfo): void {
  const { batchSize, inHeight, inWidth, inChannels, outHeight, outWidth, padInfo } = info;
  const rowFloats = inWidth * inChannels;
  const maxima = new Float32Array(inChannels);
  const places = new Int32Array(inChannels);
  let output = 0;
  for (let n = 0; n < batchSize; n++) {
    const image = n * inHeight * rowFloats;
    for (let oy = 0; oy < outHeight; oy++) {
      const top = Math.max(0, oy * info.strideHeight - padInfo.top);
      const bottom = Math.min(
        inHeight,
        oy * info.strideHeight - padInfo.top + info.effectiveFilterHeight,
      );
      for (let ox = 0; ox < outWidth; ox++) {
        const left = Math.max(0, ox * info.strideWidth - padInfo.left);
        const right = Math.min(
          inWidth,
          ox * info.strideWidth - padInfo.left + info.effectiveFilterWidth,
        );
        maxima.fill(Number.NEGATIVE_INFINITY);
        places.fill(-1);
        for (let y = top; y < bottom; y++) {
          for (let column = left; column < right; column++) {
            const pixel = image + y * rowFloats + column * inChannels;
            for (let c = 0; c < inChannels; c++) {
              const value = x[pixel + c] as number;
              if (value > (maxima[c] as number)) {
                maxima[c] = value;
                places[c] = pixel + c;
              }
            }
          }
        }
        for (let c = 0; c < inChannels; c++, output++) {
          const place = places[c] as number;
          if (place >= 0) dx[place] = (dx[place] as number) + (dy[output] as number);
        }
      }
    }
  }
}

/**
 * Gradient of max pooling: each output's gradient goes to the input that was the maximum.
 *
 *   dX[n, y, x, c] = sum over the windows whose maximum lies at (y, x) of dY[n, window, c]
 *
 * Shapes NHWC. Of equal maxima the first in reading order wins, as in tfjs-backend-cpu; a window
 * without a number (all NaN) sends its gradient nowhere. Overlapping windows add up. Tfjs hands over
 * no places, so the SIMD kernel `maxPool` finds them again.
 */
import { tf } from '../../tf.ts';
import { type KernelCall, shape4D, type WasmKernel } from '../kernel.ts';

export const maxPoolGradKernel: WasmKernel = {
  name: tf.MaxPoolGrad,
  run(call) {
    const { filterSize, strides, pad, dimRoundingMode } = call.attrs as tf.MaxPoolGradAttrs;
    const info = tf.backend_util.computePool2DInfo(
      shape4D(call.input('input')),
      filterSize,
      strides,
      1,
      pad,
      dimRoundingMode,
    );
    const isOurs = Math.max(info.filterHeight, info.filterWidth) <= LARGEST_WINDOW;
    // Tfjs's own takes any window, but loses the gradient where the maximum is not positive.
    return isOurs ? maxPoolGrad(call, passesOf(info)) : call.stock();
  },
};

/** `maxPool` writes the places in a window as bytes. */
const LARGEST_WINDOW = 15;

/** Pooling with a square window, and the same stride down as across. */
interface Pass {
  readonly batch: number;
  readonly inHeight: number;
  readonly inWidth: number;
  readonly channels: number;
  readonly outHeight: number;
  readonly outWidth: number;
  readonly window: number;
  readonly stride: number;
  readonly padTop: number;
  readonly padLeft: number;
}

/**
 * A window that is no square is pooled across, with every row an image, and the result down, with
 * every row a pixel: a square window then is cut to the one row, or column, that there is.
 */
function passesOf(info: tf.backend_util.Conv2DInfo): Pass[] {
  const { batchSize: batch, inHeight, inWidth, inChannels: channels, outHeight, outWidth } = info;
  const across = { window: info.filterWidth, stride: info.strideWidth };
  const down = { window: info.filterHeight, stride: info.strideHeight };
  const [padTop, padLeft] = [info.padInfo.top, info.padInfo.left];
  const extents = { batch, inHeight, inWidth, channels, outHeight, outWidth, padTop, padLeft };
  if (across.window === down.window && across.stride === down.stride) {
    return [{ ...extents, ...down }];
  }
  return [
    { ...extents, ...across, batch: batch * inHeight, inHeight: 1, outHeight: 1, padTop: 0 },
    { ...extents, ...down, channels: outWidth * channels, inWidth: 1, outWidth: 1, padLeft: 0 },
  ];
}

function maxPoolGrad(call: KernelCall, passes: readonly Pass[]): tf.TensorInfo {
  const x = call.input('input');
  const dx = call.output(x.shape);
  let values = call.addressOf(x);
  const pooled = passes.map((pass) => {
    const outputs = pass.batch * pass.outHeight * pass.outWidth * pass.channels;
    const [maxima, places] = [call.temporary(outputs), call.temporary(Math.ceil(outputs / 4))];
    call.run('maxPool', values, maxima, places, ...numbersOf(pass));
    values = maxima;
    return { pass, maxima, places };
  });
  let gradient = call.addressOf(call.input('dy'));
  for (const [i, { pass, places }] of [...pooled.entries()].reverse()) {
    // The maxima have done their work, and their gradient takes their place.
    const to = pooled[i - 1]?.maxima ?? call.addressOf(dx);
    call.run('maxPoolGradient', gradient, places, to, ...numbersOf(pass));
    gradient = to;
  }
  return dx;
}

function numbersOf(pass: Pass): number[] {
  return [
    ...[pass.batch, pass.inHeight, pass.inWidth, pass.channels, pass.outHeight, pass.outWidth],
    ...[pass.window, pass.stride, pass.padTop, pass.padLeft],
  ];
}

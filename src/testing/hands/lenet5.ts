import type { PortableModel } from '../../formats/weights/portableModel.ts';
import { at } from '../../util/assert.ts';

/** What LeNet-5 reads: a forward pass written out, so that a test in Node needs no engine. */
export function readByLenet5({ tensors, scaling }: PortableModel, pixels: Uint8Array): number {
  const [k1, b1, k2, b2, w3, b3, w4, b4, w5, b5] = tensors.map(({ values }) => values);
  if (!(k1 && b1 && k2 && b2 && w3 && b3 && w4 && b4 && w5 && b5)) {
    throw new Error('These are not the ten tensors of LeNet-5.');
  }
  const image = Float64Array.from(pixels, (byte) => (byte - scaling.offset) * scaling.factor);
  const maps1 = halved(convolved(image, 28, 1, k1, b1, 2), 28, 6);
  const maps2 = halved(convolved(maps1, 14, 6, k2, b2, 0), 10, 16);
  const hidden3 = dense(maps2, w3, b3).map(Math.tanh);
  const hidden4 = dense(hidden3, w4, b4).map(Math.tanh);
  const logits = dense(hidden4, w5, b5);
  return logits.indexOf(Math.max(...logits));
}

/** 5x5, tanh, padded by `padding` on every side; HWC in and out, the kernel as height, width, in, out. */
function convolved(
  input: Float64Array,
  side: number,
  channels: number,
  kernel: Float32Array,
  bias: Float32Array,
  padding: number,
): Float64Array {
  const filters = bias.length;
  const outSide = side + 2 * padding - 4;
  const out = new Float64Array(outSide * outSide * filters);
  for (let y = 0; y < outSide; y++) {
    for (let x = 0; x < outSide; x++) {
      const start = (y * outSide + x) * filters;
      for (let f = 0; f < filters; f++) out[start + f] = bias[f] ?? 0;
      for (let ky = 0; ky < 5; ky++) {
        for (let kx = 0; kx < 5; kx++) {
          const [iy, ix] = [y + ky - padding, x + kx - padding];
          if (iy < 0 || ix < 0 || iy >= side || ix >= side) continue;
          for (let c = 0; c < channels; c++) {
            const value = input[(iy * side + ix) * channels + c] ?? 0;
            const tap = ((ky * 5 + kx) * channels + c) * filters;
            for (let f = 0; f < filters; f++) {
              out[start + f] = (out[start + f] ?? 0) + value * (kernel[tap + f] ?? 0);
            }
          }
        }
      }
    }
  }
  return out.map(Math.tanh);
}

/** Means of 2x2 pixels. */
function halved(input: Float64Array, side: number, channels: number): Float64Array {
  const half = side / 2;
  return Float64Array.from({ length: half * half * channels }, (_, i) => {
    const c = i % channels;
    const x = Math.floor(i / channels) % half;
    const y = Math.floor(i / channels / half);
    const value = (dy: number, dx: number) =>
      at(input, ((2 * y + dy) * side + 2 * x + dx) * channels + c);
    return (value(0, 0) + value(0, 1) + value(1, 0) + value(1, 1)) / 4;
  });
}

function dense(input: Float64Array, weights: Float32Array, bias: Float32Array): Float64Array {
  const out = Float64Array.from(bias);
  for (let i = 0; i < input.length; i++) {
    const value = input[i] ?? 0;
    for (let o = 0; o < out.length; o++) {
      out[o] = (out[o] ?? 0) + value * (weights[i * out.length + o] ?? 0);
    }
  }
  return out;
}

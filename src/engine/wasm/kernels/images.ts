import type { tf } from '../../tf.ts';
import { type KernelCall, shape4D } from '../kernel.ts';
import { transposeMatrices } from './transposeMatrices.ts';

/** Images in the heap, NHWC. */
export interface Images {
  readonly address: number;
  readonly batch: number;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

export type DataFormat = 'NHWC' | 'NCHW';

/** The images of a tensor; of one that is NCHW, a copy with the channels last. */
export function imagesOf(call: KernelCall, tensor: tf.TensorInfo, format: DataFormat): Images {
  const address = call.addressOf(tensor);
  if (format === 'NHWC') {
    const [batch, height, width, channels] = shape4D(tensor);
    return { address, batch, height, width, channels };
  }
  const [batch, channels, height, width] = shape4D(tensor);
  const copy = transposeMatrices(call, address, batch, channels, height * width);
  return { address: copy, batch, height, width, channels };
}

/**
 * The gradient by the output of a convolution. Tfjs takes a larger one too (`conv2dTranspose` with
 * too small an output), of which the rest counts for nothing.
 */
export function outputGradient(
  call: KernelCall,
  info: tf.backend_util.Conv2DInfo,
  format: DataFormat,
): Images {
  const dy = imagesOf(call, call.input('dy'), format);
  const { outHeight: height, outWidth: width } = info;
  if (dy.height === height && dy.width === width) return dy;
  return padImages(call, dy, { top: 0, left: 0, dilation: 1, height, width });
}

/** Where pixel (y, x) goes in larger images of zeros: to (top + y * dilation, left + x * dilation). */
export interface Frame {
  readonly top: number;
  readonly left: number;
  readonly dilation: number;
  readonly height: number;
  readonly width: number;
}

/** A framed copy; what would lie outside is left out. */
export function padImages(call: KernelCall, images: Images, frame: Frame): Images {
  const { batch, channels } = images;
  const { top, left, dilation, height, width } = frame;
  const address = call.temporary(batch * height * width * channels);
  const extents = [batch, images.height, images.width, channels];
  const placing = [top, left, dilation, height, width];
  call.run('padImages', images.address, address, ...extents, ...placing);
  return { address, batch, height, width, channels };
}

/** The pixels apart by these strides, with zeros between them. */
export function spreadImages(
  call: KernelCall,
  images: Images,
  strideHeight: number,
  strideWidth: number,
): Images {
  const { batch, height, width, channels } = images;
  const corner = { top: 0, left: 0 };
  const spreadWidth = (width - 1) * strideWidth + 1;
  const spreadHeight = (height - 1) * strideHeight + 1;
  // One direction at a time, as every row an image, and then as every row a pixel.
  const rows = { ...images, batch: batch * height, height: 1 };
  const wide = padImages(call, rows, {
    ...corner,
    dilation: strideWidth,
    height: 1,
    width: spreadWidth,
  });
  const columns = { ...wide, batch, height, width: 1, channels: spreadWidth * channels };
  const { address } = padImages(call, columns, {
    ...corner,
    dilation: strideHeight,
    height: spreadHeight,
    width: 1,
  });
  return { address, batch, height: spreadHeight, width: spreadWidth, channels };
}

import { type ImageShape, sizeOf } from '../domain/architecture/shape.ts';
import type { Attribution, ExplanationMethod } from '../domain/inside/explanation.ts';
import { gradCam } from '../domain/inside/gradCam.ts';
import { covered, coversOf, paperOf } from '../domain/inside/occlusion.ts';
import { noisyCopy, SAMPLES, slopePerPixel } from '../domain/inside/smoothGrad.ts';
import { assert, at } from '../util/assert.ts';
import { WorkbenchError } from '../util/errors.ts';
import { inspect } from './inspect.ts';
import type { Network } from './network.ts';
import { names } from './plan/values.ts';
import { yieldToMessages } from './yieldToMessages.ts';

export interface ExplainingOptions {
  readonly onProgress?: (done: number, total: number) => void;
  readonly signal?: AbortSignal;
}

/** Few enough that a step waits little where a run trains meanwhile. */
const AT_ONCE = 16;
const BACK_AT_ONCE = 8;

/**
 * Why a network reads an image as this class, or why not: on the class's logit, with nothing dropped.
 * Between two parts of the work messages get their turn, so that it can be cancelled.
 * @param image NHWC, scaled
 */
export function explain(
  network: Network,
  image: Float32Array,
  label: number,
  method: ExplanationMethod,
  options: ExplainingOptions = {},
): Promise<Attribution> {
  switch (method) {
    case 'gradCam':
      return classMap(network, image, label);
    case 'gradient':
      return meanSlope(network, [image], label, options);
    case 'smoothGrad': {
      const copies = Array.from({ length: SAMPLES }, (_, sample) => noisyCopy(image, sample));
      return meanSlope(network, copies, label, options);
    }
    case 'occlusion':
      return lossesByCovering(network, image, label, options);
  }
}

/** By the last convolution: behind it no place in the picture is told from another. */
async function classMap(network: Network, image: Float32Array, label: number) {
  const layer = network.architecture.layers.findLast(({ kind }) => kind === 'conv2d')?.name;
  if (layer === undefined) throw new WorkbenchError('inside.noConvolution');
  const gradients = { classes: [label], by: [layer] };
  const seen = await inspect(network, image, 1, { activations: [layer], gradients });
  const [maps, slopes] = [seen.activations.get(layer), seen.gradients.get(layer)];
  assert(maps && slopes, 'what was asked for was seen');
  return gradCam(maps.values, slopes.values, maps.shape.slice(1));
}

async function meanSlope(
  network: Network,
  images: readonly Float32Array[],
  label: number,
  options: ExplainingOptions,
): Promise<Attribution> {
  const { input } = network.architecture;
  const floats = sizeOf([input.height, input.width, input.channels]);
  const mean = new Float64Array(floats);
  await inParts(images.length, BACK_AT_ONCE, options, async (first, count) => {
    const part = joined(images.slice(first, first + count));
    const gradients = { classes: new Array<number>(count).fill(label), by: [names.images] };
    const slopes = (await inspect(network, part, count, { gradients })).gradients.get(names.images);
    assert(slopes, 'what was asked for was seen');
    for (const [i, slope] of slopes.values.entries()) {
      mean[i % floats] = at(mean, i % floats) + slope / images.length;
    }
  });
  return slopePerPixel(mean, input);
}

/** How much of its logit the class loses with each place; against the image in the same part of the work. */
async function lossesByCovering(
  network: Network,
  image: Float32Array,
  label: number,
  options: ExplainingOptions,
): Promise<Attribution> {
  const { input, classes } = network.architecture;
  const shape: ImageShape = input;
  const covers = coversOf(shape);
  const paper = paperOf(image, shape);
  const values = new Float32Array(covers.rows * covers.columns);
  await inParts(values.length, AT_ONCE - 1, options, async (first, count) => {
    const images = Array.from({ length: count }, (_, i) =>
      covered(image, shape, covers, first + i, paper),
    );
    const logits = await network.infer(joined([image, ...images]), count + 1);
    const logit = (row: number) => at(logits, row * classes + label);
    for (let i = 0; i < count; i++) values[first + i] = logit(0) - logit(i + 1);
  });
  return { height: covers.rows, width: covers.columns, values };
}

async function inParts(
  total: number,
  most: number,
  { onProgress, signal }: ExplainingOptions,
  part: (first: number, count: number) => Promise<void>,
): Promise<void> {
  for (let first = 0; first < total; first += most) {
    signal?.throwIfAborted();
    const count = Math.min(most, total - first);
    await part(first, count);
    onProgress?.(first + count, total);
    await yieldToMessages();
  }
}

function joined(images: readonly Float32Array[]): Float32Array {
  const [first] = images;
  const all = new Float32Array(images.length * (first?.length ?? 0));
  for (const [i, image] of images.entries()) all.set(image, i * image.length);
  return all;
}

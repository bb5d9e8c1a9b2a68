import type { ImageShape } from '../../domain/architecture/architecture.ts';
import { imageSides } from '../../domain/pictures/imageSides.ts';
import { Misfit } from '../exchange/networkBuilder.ts';
import type { ForeignLayer } from './layerList.ts';

/**
 * The image that a model takes, as its first layer has it, channels last. Grey images may come without an axis
 * for their one channel, or as a row of pixels, where a Reshape gives them their shape first: it is left out.
 */
export function inputOf(layers: readonly ForeignLayer[]): {
  image: ImageShape;
  rest: readonly ForeignLayer[];
} {
  const [first] = layers;
  if (!first) throw new Misfit('layers.noModel');
  const [declared, ...behind] = layers;
  const rest = declared?.kind === 'InputLayer' ? behind : layers;
  const [reshape, ...others] = rest;
  const told = imageOf(shapeIn(first));
  if (told) return { image: told, rest };
  if (reshape?.kind === 'Reshape') {
    const image = imageOf(reshape.config.target_shape);
    const pixels = shapeIn(first);
    const product = (extents: unknown) =>
      Array.isArray(extents)
        ? extents.reduce((all, extent) => all * Number(extent), 1)
        : Number.NaN;
    if (image && product(pixels) === product(reshape.config.target_shape)) {
      return { image, rest: others };
    }
  }
  throw new Misfit('network.image', {
    ...{ name: first.name, shape: ['N', ...(shapeIn(first) ?? ['?'])].join('x') },
    ...{ min: imageSides.min, max: imageSides.max },
  });
}

/** Behind the batch. */
function shapeIn({ config }: ForeignLayer): readonly unknown[] | undefined {
  const shape = config.batch_input_shape ?? config.batch_shape;
  if (Array.isArray(shape)) return shape.slice(1).map((extent) => extent ?? '?');
  return undefined;
}

function imageOf(shape: unknown): ImageShape | undefined {
  if (!Array.isArray(shape)) return undefined;
  const [height, width, channels = 1] = shape;
  const isSide = (side: unknown) =>
    Number.isSafeInteger(side) && Number(side) >= imageSides.min && Number(side) <= imageSides.max;
  const isImage = shape.length === 2 || shape.length === 3;
  return isImage && isSide(height) && isSide(width) && (channels === 1 || channels === 3)
    ? { height, width, channels }
    : undefined;
}

import { STEP } from '../../domain/architecture/layerKind.ts';
import type { Value } from '../../domain/architecture/operation.ts';
import { PARAMETERS } from '../../domain/augment/parameters.ts';
import { averageName, momentNames } from '../../domain/runs/weightsInUse.ts';

/** The values that a trainer fills or reads, by the names that every engine has them under. */

export const names = {
  pixels: 'pixels',
  labels: 'labels',
  order: 'order',
  variations: 'variations',
  metrics: 'metrics',
  images: 'images',
  step: STEP.name,
  firstMoment: (weight: string) => momentNames(weight)[0],
  secondMoment: (weight: string) => momentNames(weight)[1],
  average: averageName,
} as const;

const lasting = (name: string, shape: readonly number[], element?: Value['element']): Value => ({
  ...{ name, shape, lasts: true },
  ...(element && { element }),
});

/** The data set's images, bytes, and their labels, 16 bits each. */
export const pixelsOf = (images: number, imageBytes: number): Value =>
  lasting(names.pixels, [images, imageBytes], 'byte');
export const labelsOf = (images: number): Value => lasting(names.labels, [images], 'half');

/** Indices of the batch's images. */
export const orderOf = (batch: number): Value => lasting(names.order, [batch], 'word');

/** How each image of the batch is varied: see `domain/augment/parameters.ts`. */
export const variationsOf = (batch: number): Value =>
  lasting(names.variations, [batch, PARAMETERS]);

/** Loss and accuracy of the last steps, which wait to be read. */
export const metricsOf = (slots: number): Value => lasting(names.metrics, [slots, 2]);

/** The batch, scaled. */
export const imagesOf = (batch: number, inputShape: readonly number[]): Value => ({
  ...{ name: names.images, shape: [batch, ...inputShape] },
});

/** What an optimizer keeps of a weight, each of the weight's shape. */
export const keptOf = ({ name, shape }: Pick<Value, 'name' | 'shape'>) => ({
  w: lasting(name, shape),
  m: lasting(names.firstMoment(name), shape),
  v: lasting(names.secondMoment(name), shape),
  a: lasting(names.average(name), shape),
});

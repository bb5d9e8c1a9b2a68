import * as v from 'valibot';
import type { ArchitectureChoice, Layer } from '../../domain/architecture/architecture.ts';
import { kindOf } from '../../domain/architecture/layer.ts';

/** Validates the layers of an imported network, as files carry them. */

const MAX_LAYERS = 200;
const whole = (max: number) => v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(max));
const finite = v.pipe(v.number(), v.finite());
const name = v.pipe(v.string(), v.regex(/^[a-z]+\d+$/));
const activation = v.picklist(['linear', 'relu', 'tanh']);
const padding = v.picklist(['same', 'valid']);
const side = whole(64);
const units = whole(65_536);

const LayerSchema = v.variant('kind', [
  v.strictObject({
    ...{ kind: v.literal('conv2d'), name, filters: units, kernelSize: side, stride: side },
    ...{ padding, groups: whole(1024), activation },
  }),
  v.strictObject({ kind: v.literal('dense'), name, units, activation }),
  v.strictObject({
    ...{ kind: v.literal('lrn'), name, depthRadius: whole(64) },
    ...{ bias: finite, alpha: finite, beta: finite },
  }),
  v.strictObject({ kind: v.literal('batchNorm'), name, momentum: finite, epsilon: finite }),
  v.strictObject({
    ...{ kind: v.picklist(['maxPool', 'avgPool']), name, poolSize: side, stride: side, padding },
  }),
  v.strictObject({ kind: v.literal('globalAveragePool'), name }),
  v.strictObject({ kind: v.literal('flatten'), name }),
  v.strictObject({
    ...{ kind: v.literal('dropout'), name },
    rate: v.pipe(finite, v.minValue(0), v.maxValue(0.95)),
  }),
]);

export const LayersSchema = v.pipe(
  v.array(LayerSchema),
  v.minLength(1),
  v.maxLength(MAX_LAYERS),
  v.check((layers) => new Set(layers.map((layer) => layer.name)).size === layers.length),
);

/** Whether each layer can take what the one before gives, and the last gives a number a class. */
export function fitsTogether({ input, layers = [], classes }: ArchitectureChoice): boolean {
  let shape: readonly number[] = [input.height, input.width, input.channels];
  // Files differ in the order of a flattened image: a dense layer alone may see it.
  let isOrdered = true;
  for (const layer of layers) {
    if (!takes(layer, shape) || (!isOrdered && layer.kind === 'batchNorm')) return false;
    if (layer.kind === 'flatten') {
      const [height = 1, width = 1, channels = 1] = shape;
      isOrdered = height * width === 1 || channels === 1;
    } else if (layer.kind === 'dense') isOrdered = true;
    shape = kindOf(layer).outputShape(layer, shape);
    if (!shape.every((extent) => extent > 0)) return false;
  }
  return isOrdered && String(shape) === String([classes]);
}

function takes(layer: Layer, shape: readonly number[]): boolean {
  const { kind } = layer;
  if (kind === 'batchNorm' || kind === 'dropout') return true;
  const isImage = shape.length === 3;
  if (isImage === (kind === 'dense')) return false;
  return (
    kind !== 'conv2d' ||
    ((shape[2] ?? 0) % layer.groups === 0 && layer.filters % layer.groups === 0)
  );
}

import { sizeOf } from '../../domain/architecture/shape.ts';
import { bufferLimit } from '../../engine/device.ts';
import { tensorValues } from '../../engine/tfjs/tensorValues.ts';
import { tf } from '../../engine/tfjs/tf.ts';
import { assert } from '../../util/assert.ts';
import { batchThatFits } from '../deviceLimit.ts';
import { names } from '../plan/values.ts';
import { type Inspected, READING_BATCH, type Wanted } from '../reader.ts';
import { readTensors, type TfjsModel } from './tfjsModel.ts';

/**
 * tfjs has shaders compiled, and buffers put by, for each number of images that goes through a network
 * at once. So few numbers do: one that lies between is filled up to the next.
 */
const SIZES = [1, 4, 16, 64];

/** Logits `[count, classes]` by tfjs, with the weights that the model's variables hold. */
export async function readImages(
  model: TfjsModel,
  images: Float32Array,
  count: number,
): Promise<Float32Array> {
  const { classes } = model.architecture;
  const most = batchThatFits(model.architecture, READING_BATCH, bufferLimit());
  const logits = new Float32Array(count * classes);
  const floats = images.length / count;
  for (let first = 0; first < count; first += most) {
    const part = Math.min(most, count - first);
    const filled = new Float32Array(filledUp(part, most) * floats);
    // What the rest looks like changes nothing.
    filled.set(images.subarray(first * floats, (first + part) * floats));
    const read = tf.tidy(() => model.logits(asImages(model, filled), false));
    const values = await tensorValues(read);
    read.dispose();
    logits.set(values.subarray(0, part * classes), first * classes);
  }
  return logits;
}

/** How many go through in the place of `count`. */
function filledUp(count: number, most: number): number {
  if (tf.getBackend() === 'cpu') return count;
  return [...SIZES, most].find((size) => size >= count && size <= most) ?? most;
}

/** What the network makes of all of these images at once, and its gradients, each by a tape of its own. */
export async function inspectImages(
  model: TfjsModel,
  { activations = [], gradients }: Wanted,
  images: Float32Array,
  count: number,
): Promise<Inspected> {
  const { layers, classes } = model.architecture;
  const x = asImages(model, images);
  /** How many layers lie before the output of this one. */
  const behind = (name: string) => {
    const index = layers.findIndex((layer) => layer.name === name);
    assert(index >= 0 || name === names.images, `the network has a layer ${name}`);
    return index + 1;
  };
  const outputs = new Map<number, tf.Tensor>([[0, x]]);
  for (let end = 1; end <= layers.length; end++) {
    const before = outputs.get(end - 1);
    assert(before, 'the layer before has an output');
    outputs.set(
      end,
      tf.tidy(() => model.part(before, end - 1, end)),
    );
  }
  const outputOf = (place: number) => {
    const output = outputs.get(place);
    assert(output, 'the layer has an output');
    return output;
  };
  const slopes = (gradients?.by ?? []).map((name) => {
    const place = behind(name);
    const weights = tf.tensor2d(gradients?.weights ?? [], [count, classes]);
    const rest = (y: tf.Tensor) => model.part(y, place, layers.length);
    const slope = tf.tidy(() => tf.grad(rest)(outputOf(place), weights));
    weights.dispose();
    return [name, slope] as const;
  });
  const seen = activations.map((name) => [name, outputOf(behind(name))] as const);
  const [logits, ...tensors] = await readTensors([
    ['logits', outputOf(layers.length)],
    ...seen,
    ...slopes,
  ]);
  tf.dispose([[...outputs.values()], slopes.map(([, slope]) => slope)].flat());
  assert(logits, 'the network gives logits');
  const named = tensors.map((tensor) => [tensor.name, tensor] as const);
  return {
    logits: logits.values,
    activations: new Map(named.slice(0, seen.length)),
    gradients: new Map(named.slice(seen.length)),
  };
}

function asImages({ architecture }: TfjsModel, values: Float32Array): tf.Tensor4D {
  const { height, width, channels } = architecture.input;
  const count = values.length / sizeOf([height, width, channels]);
  return tf.tensor4d(values, [count, height, width, channels]);
}

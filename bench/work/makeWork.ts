import { describeNetwork, sizeOf } from '../../src/domain/architecture/shapes.ts';
import type { LabelledImages } from '../../src/domain/data/dataset.ts';
import { ADAM } from '../../src/domain/recipe/optimizerRule.ts';
import { architectureOf, type Recipe, seedRecipe } from '../../src/domain/recipe/recipe.ts';
import { initialWeights } from '../../src/training/initialWeights.ts';
import { pcg4d, permutation } from '../../src/util/random.ts';
import { operationsOf, stepFlops } from './operations.ts';
import type { WorkManifest, WorkSpec } from './work.ts';

/** MNIST's. */
const shape = { height: 28, width: 28, channels: 1 };
const CLASSES = 10;
/** Batches of noise; a step takes the next one. */
const BATCHES = 4;
/** Epochs of MNIST, each in an order of its own, before the first order comes again. */
const EPOCHS = 20;
/**
 * The learning rate of a proof. Adam's first step moves every weight by it, along the sign of its gradient;
 * at the tutorial's 0.001 that takes the loss of the whole network from 4 to 67, where rounding is
 * enlarged a thousand times. At this one the loss falls by about a hundredth at every size.
 */
const proofRate = (parameters: number) => 2e-3 / Math.sqrt(parameters);

/** Real images: those to train on first, `trained` of them. */
export interface GivenImages {
  readonly pixels: Uint8Array;
  readonly labels: Uint8Array;
  readonly trained: number;
}

/** The tutorial's recipe at this size, as the two files that every contestant reads. */
export function makeWork(
  spec: WorkSpec,
  given?: GivenImages,
): { manifest: WorkManifest; bytes: Uint8Array } {
  const asked: Recipe = {
    ...seedRecipe,
    ...{ architecture: spec.arch, normalization: spec.norm, width: spec.width },
    ...{ batchSize: spec.batch, dropout: spec.dropout, seed: spec.seed },
    ...(spec.isProof ? { dropout: 0 } : {}),
  };
  const architecture = architectureOf(asked, shape, CLASSES);
  const images = given ?? noise(BATCHES * spec.batch);
  const order = orderOf(spec, given, images.trained);
  const pieces = new Pieces();
  const { layers, parameters } = describeNetwork(architecture);
  const recipe = spec.isProof ? { ...asked, learningRate: proofRate(parameters) } : asked;
  const entries = layers.map(({ layer, inputShape, outputShape }) => ({
    ...layer,
    ...{ inputShape, outputShape },
  }));
  const manifest: WorkManifest = {
    spec,
    architecture,
    layers: entries,
    operations: operationsOf(layers, spec.batch),
    recipe,
    adam: ADAM,
    scaling: { kind: 'minmax', offset: 0, factor: 1 / 255 },
    parameters,
    tensors: initialWeights(architecture, recipe.initializer, recipe.seed).map(
      ({ name, shape, values }) => ({ name, shape, place: pieces.add(values) }),
    ),
    images: {
      ...{ count: images.labels.length, trained: images.trained, shape },
      ...{ pixels: pieces.add(images.pixels), labels: pieces.add(images.labels) },
    },
    order: { count: order.length, place: pieces.add(order) },
    flops: stepFlops(architecture, spec.batch),
  };
  return { manifest, bytes: pieces.joined() };
}

function orderOf(spec: WorkSpec, given: GivenImages | undefined, count: number): Uint32Array {
  if (spec.isProof) return inOrder(spec.batch);
  return given ? epochs(spec, count) : inOrder(count);
}

const inOrder = (count: number) => Uint32Array.from({ length: count }, (_, i) => i);

/** Whole batches of each epoch. */
function epochs({ seed, batch }: WorkSpec, count: number): Uint32Array {
  const kept = count - (count % batch);
  const order = new Uint32Array(EPOCHS * kept);
  for (let epoch = 0; epoch < EPOCHS; epoch++) {
    order.set(permutation(seed, 77, epoch, count).subarray(0, kept), epoch * kept);
  }
  return order;
}

function noise(count: number): GivenImages & Pick<LabelledImages, 'count'> {
  const pixels = new Uint8Array(count * sizeOf([shape.height, shape.width, shape.channels]));
  for (let i = 0; i < pixels.length; i++) pixels[i] = pcg4d(1, 2, 3, i)[0] & 255;
  const labels = Uint8Array.from({ length: count }, (_, i) => i % CLASSES);
  return { count, trained: count, pixels, labels };
}

/** Arrays one after the other, each where a number of four bytes may begin. */
class Pieces {
  private readonly parts: { readonly place: number; readonly bytes: Uint8Array }[] = [];
  private end = 0;

  add({ buffer, byteOffset, byteLength }: Float32Array | Uint32Array | Uint8Array): number {
    const place = this.end;
    this.parts.push({ place, bytes: new Uint8Array(buffer, byteOffset, byteLength) });
    this.end += Math.ceil(byteLength / 4) * 4;
    return place;
  }

  joined(): Uint8Array {
    const all = new Uint8Array(this.end);
    for (const { place, bytes } of this.parts) all.set(bytes, place);
    return all;
  }
}

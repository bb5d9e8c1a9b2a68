import { buildArchitecture } from '../../domain/architecture/architecture.ts';
import type { Layer } from '../../domain/architecture/layer.ts';
import type { AugmentPlan } from '../../domain/augment/draw.ts';
import type { LabelledImages } from '../../domain/data/dataset.ts';
import { type Recipe, seedRecipe } from '../../domain/recipe/recipe.ts';
import type { Scaling } from '../../domain/recipe/scaling.ts';
import { pcg4d } from '../../util/random.ts';
import { initialWeights } from '../initialWeights.ts';
import { Network } from '../network.ts';
import { TapeTrainer } from '../tape/tapeTrainer.ts';
import type { Trainer } from '../trainer.ts';

/** A learnable data set and a network of AlexNet's layers, both small enough for a test. */

const [HEIGHT, WIDTH] = [16, 16];
const CLASSES = 3;

export const tinyScaling: Scaling = { kind: 'minmax', offset: 0, factor: 1 / 255 };

/** Noise with a bright square whose place tells the class. */
export function tinyImages(count: number, channels = 1): LabelledImages {
  const shape = { height: HEIGHT, width: WIDTH, channels };
  const bytes = HEIGHT * WIDTH * channels;
  const pixels = new Uint8Array(count * bytes);
  const labels = Uint16Array.from({ length: count }, (_, i) => i % CLASSES);
  for (let image = 0; image < count; image++) {
    const top = 1 + 5 * (image % CLASSES);
    for (let i = 0; i < bytes; i++) {
      const y = Math.floor(i / channels / WIDTH);
      const x = Math.floor(i / channels) % WIDTH;
      const [noise] = pcg4d(7 + (i % channels), image, y, x);
      const inSquare = y >= top && y < top + 4 && x >= 4 && x < 12;
      pixels[image * bytes + i] = inSquare ? 255 : noise % 128;
    }
  }
  return { shape, count, pixels, labels };
}

export const tinyRecipe: Recipe = {
  ...seedRecipe,
  ...{ width: 1 / 16, batchSize: 6, steps: 12, dropout: 0.5, seed: 3 },
};

/** With the weights that a run of this recipe begins with. */
export function tinyNetwork(images: LabelledImages, recipe: Recipe): Network {
  const architecture = buildArchitecture({
    id: recipe.architecture,
    width: recipe.width,
    input: images.shape,
    classes: CLASSES,
    dropout: recipe.dropout,
    normalization: recipe.normalization,
  });
  return new Network(architecture, initialWeights(architecture, recipe.initializer, recipe.seed));
}

/** The same, trained on the tape; or a network of these layers. */
export function tinyTape(
  images: LabelledImages,
  recipe = tinyRecipe,
  layers?: readonly Layer[],
  augment?: AugmentPlan,
) {
  const tiny = tinyNetwork(images, recipe);
  const architecture = { ...tiny.architecture, ...(layers && { layers }) };
  const weights = initialWeights(architecture, recipe.initializer, recipe.seed);
  const network = layers ? new Network(architecture, weights) : tiny;
  const given = [architecture, images, tinyScaling, recipe, augment] as const;
  return handed(network, recipe, new TapeTrainer(...given));
}

/** A network whose weights this trainer takes over, which has none yet. */
export function handed<T extends Trainer>(network: Network, recipe: Recipe, trainer: T) {
  trainer.importState(initialWeights(network.architecture, recipe.initializer, recipe.seed), 0);
  network.handTo(trainer);
  return { network, trainer };
}

import { planAugmentation } from '../../domain/augment/draw.ts';
import type { LabelledImages } from '../../domain/data/dataset.ts';
import { BatchOrder } from '../../domain/recipe/batches.ts';
import { architectureOf, type Recipe } from '../../domain/recipe/recipe.ts';
import { fitScaling } from '../../domain/recipe/scaling.ts';
import { learningRateAt } from '../../domain/recipe/schedule.ts';
import type { NamedTensor } from '../../domain/runs/run.ts';
import { pcg4d } from '../../util/random.ts';
import { initialWeights } from '../initialWeights.ts';
import { makeTrainer } from '../makeTrainer.ts';
import { Network } from '../network.ts';

/** Runs whose weights are known by heart, on images that everybody can draw. */

const [SIDE, CLASSES, COUNT] = [28, 10, 250];

/** Noise, with a bar whose slope and place tell the class. */
function bars(): LabelledImages {
  const shape = { height: SIDE, width: SIDE, channels: 1 };
  const pixels = new Uint8Array(COUNT * SIDE * SIDE);
  const labels = Uint16Array.from({ length: COUNT }, (_, i) => i % CLASSES);
  for (let i = 0; i < pixels.length; i++) {
    const image = Math.floor(i / (SIDE * SIDE));
    const [y, x] = [Math.floor(i / SIDE) % SIDE, i % SIDE];
    const label = image % CLASSES;
    const across = label < 5 ? 4 * x + label * y : 4 * y + (label - 5) * x;
    const [noise] = pcg4d(11, image, y, x);
    pixels[i] = Math.abs(across - 2 * SIDE - 4 * label) < 12 ? 255 - (noise % 32) : noise % 96;
  }
  return { shape, count: COUNT, pixels, labels };
}

/** All that a run of this recipe depends on after so many steps. */
export async function stateAfter(recipe: Recipe, steps: number): Promise<NamedTensor[]> {
  const images = bars();
  const everyImage = Uint32Array.from({ length: COUNT }, (_, i) => i);
  const architecture = architectureOf(recipe, images.shape, CLASSES);
  const scaling = fitScaling(recipe.scaling, images, everyImage);
  const augment = planAugmentation(recipe, images, everyImage);
  const weights = initialWeights(architecture, recipe.initializer, recipe.seed);
  const network = new Network(architecture, weights);
  const given = [network, images, scaling, recipe] as const;
  const trainer = await makeTrainer(...given, { augment, threads: 2 });
  const order = new BatchOrder(everyImage, recipe.batchSize, recipe.seed);
  while (trainer.step < steps) {
    trainer.trainStep(order.batch(trainer.step), learningRateAt(recipe, trainer.step));
  }
  const state = await trainer.exportState();
  trainer.dispose();
  network.dispose();
  return state;
}

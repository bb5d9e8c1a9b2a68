import * as v from 'valibot';
import {
  type Architecture,
  buildArchitecture,
  type ImageShape,
  trainableArchitectures,
} from './architecture.ts';

/**
 * Everything that decides a training run. With the same recipe, data set and engine, a run gives
 * the same curve.
 */
export interface Recipe {
  readonly preset: PresetId;
  readonly architecture: (typeof trainableArchitectures)[number];
  readonly width: number;
  readonly batchSize: number;
  readonly steps: number;
  readonly learningRate: number;
  readonly dropout: number;
  readonly initializer: Initializer;
  readonly scaling: ScalingKind;
  readonly seed: number;
  /** A log line, and a point of the running figures, every so many steps. */
  readonly displayStep: number;
  /** Steps between two validations. */
  readonly validationInterval: number;
  /** How many of the validation images are used, from the first on. */
  readonly validationImages: number;
  /** Steps between two checkpoints. */
  readonly checkpointInterval: number;
}

export const presetIds = ['seed'] as const;
export type PresetId = (typeof presetIds)[number];

/**
 * `he`: normal with sd sqrt(2 / fan-in) (He et al. 2015, equation 10), biases zero.
 * `normal`: standard normal times 1, biases too, as TensorFlow's `random_normal` gave the tutorial.
 */
export const initializers = ['he', 'normal'] as const;
export type Initializer = (typeof initializers)[number];

/** `minmax`: to 0..1 by the training split's extremes. `standard`: to its mean 0 and sd 1. */
export const scalingKinds = ['minmax', 'standard'] as const;
export type ScalingKind = (typeof scalingKinds)[number];

/** What a control and the address may ask for, both ends included. */
export const recipeRanges = {
  width: { min: 1 / 16, max: 1 },
  batchSize: { min: 1, max: 1024 },
  steps: { min: 1, max: 1_000_000 },
  learningRate: { min: 1e-7, max: 1 },
  dropout: { min: 0, max: 0.95 },
  seed: { min: 0, max: 4_294_967_295 },
  displayStep: { min: 1, max: 1000 },
  validationInterval: { min: 1, max: 1_000_000 },
  validationImages: { min: 1, max: 1_000_000 },
  checkpointInterval: { min: 1, max: 1_000_000 },
} as const satisfies Partial<Record<keyof Recipe, { min: number; max: number }>>;

const within = ({ min, max }: { min: number; max: number }) =>
  v.pipe(v.number(), v.finite(), v.minValue(min), v.maxValue(max));
const wholeWithin = (range: { min: number; max: number }) => v.pipe(within(range), v.integer());

/** Validates a recipe that comes from outside: a file, a stored record, the address, a message. */
export const RecipeSchema = v.strictObject({
  preset: v.picklist(presetIds),
  architecture: v.picklist(trainableArchitectures),
  width: within(recipeRanges.width),
  batchSize: wholeWithin(recipeRanges.batchSize),
  steps: wholeWithin(recipeRanges.steps),
  learningRate: within(recipeRanges.learningRate),
  dropout: within(recipeRanges.dropout),
  initializer: v.picklist(initializers),
  scaling: v.picklist(scalingKinds),
  seed: wholeWithin(recipeRanges.seed),
  displayStep: wholeWithin(recipeRanges.displayStep),
  validationInterval: wholeWithin(recipeRanges.validationInterval),
  validationImages: wholeWithin(recipeRanges.validationImages),
  checkpointInterval: wholeWithin(recipeRanges.checkpointInterval),
});

/** The tutorial's recipe. Width follows the machine; everything else is to the letter. */
export const seedRecipe: Recipe = {
  preset: 'seed',
  architecture: 'alexnet',
  width: 1,
  batchSize: 100,
  steps: 1500,
  learningRate: 0.001,
  dropout: 0.5,
  initializer: 'he',
  scaling: 'minmax',
  seed: 1,
  displayStep: 10,
  validationInterval: 100,
  validationImages: 5000,
  checkpointInterval: 100,
};

export const presets: Record<PresetId, Recipe> = { seed: seedRecipe };

/** The network that a recipe trains on images of this shape. */
export function architectureOf(recipe: Recipe, input: ImageShape, classes: number): Architecture {
  const { architecture, width, dropout } = recipe;
  return buildArchitecture({ id: architecture, width, input, classes, dropout });
}

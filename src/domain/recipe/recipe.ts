import * as v from 'valibot';
import {
  type Architecture,
  buildArchitecture,
  type ImageShape,
  normalizations,
  trainableArchitectures,
} from '../architecture/architecture.ts';
import {
  type AugmentStrengths,
  noAugmentation,
  type Switch,
  strengthEntries,
  strengthRanges,
  switches,
} from '../augment/strengths.ts';

/**
 * Everything that decides a training run. With the same recipe, data set and engine, a run gives
 * the same curve.
 */
export interface Recipe extends AugmentStrengths {
  readonly preset: PresetId;
  readonly architecture: (typeof trainableArchitectures)[number];
  readonly width: number;
  readonly batchSize: number;
  readonly steps: number;
  readonly learningRate: number;
  readonly dropout: number;
  /** What stands between a convolution and its pooling; `alexnet` alone has any. */
  readonly normalization: (typeof normalizations)[number];
  /** How the learning rate changes over the run: see `schedule.ts`. */
  readonly schedule: ScheduleKind;
  /** Steps in which the learning rate rises from 0 to its full height. */
  readonly warmup: number;
  /** Decoupled from the gradient (Loshchilov and Hutter 2019), of kernels alone. */
  readonly weightDecay: number;
  /** Share of a label that all classes get alike (Szegedy et al. 2016, section 7). */
  readonly labelSmoothing: number;
  /**
   * Decay of the moving average of the weights with which the network is used, 0 for none: the average
   * keeps this share of itself at each step (Polyak and Juditsky 1992; early on less, see
   * `averageDecay`).
   */
  readonly averaging: number;
  /** Validations without a lower loss after which training ends; 0 never ends it early. */
  readonly patience: number;
  /** Whether the weights of the lowest validation loss are kept beside the last. */
  readonly keepBest: Switch;
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

export const presetIds = ['quick', 'seed', 'improved'] as const;
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

/** Learning rates over a run; the formulas are in `schedule.ts`. */
export const scheduleKinds = ['constant', 'step', 'cosine', 'oneCycle'] as const;
export type ScheduleKind = (typeof scheduleKinds)[number];

/** What a control and the address may ask for, both ends included. */
export const recipeRanges = {
  width: { min: 1 / 16, max: 1 },
  batchSize: { min: 1, max: 1024 },
  steps: { min: 1, max: 1_000_000 },
  learningRate: { min: 1e-7, max: 1 },
  dropout: { min: 0, max: 0.95 },
  warmup: { min: 0, max: 1_000_000 },
  weightDecay: { min: 0, max: 1 },
  labelSmoothing: { min: 0, max: 0.5 },
  averaging: { min: 0, max: 0.9999 },
  patience: { min: 0, max: 1000 },
  ...strengthRanges,
  seed: { min: 0, max: 4_294_967_295 },
  displayStep: { min: 1, max: 1000 },
  validationInterval: { min: 1, max: 1_000_000 },
  validationImages: { min: 1, max: 1_000_000 },
  checkpointInterval: { min: 1, max: 1_000_000 },
} as const satisfies Partial<Record<keyof Recipe, { min: number; max: number }>>;

const within = ({ min, max }: { min: number; max: number }) =>
  v.pipe(v.number(), v.finite(), v.minValue(min), v.maxValue(max));
const wholeWithin = (range: { min: number; max: number }) => v.pipe(within(range), v.integer());

/**
 * Validates a recipe that comes from outside: a file, a stored record, the address, a message. What
 * records from before an ingredient lack is what the tutorial did.
 */
export const RecipeSchema = v.strictObject({
  preset: v.picklist(presetIds),
  architecture: v.picklist(trainableArchitectures),
  width: within(recipeRanges.width),
  batchSize: wholeWithin(recipeRanges.batchSize),
  steps: wholeWithin(recipeRanges.steps),
  learningRate: within(recipeRanges.learningRate),
  dropout: within(recipeRanges.dropout),
  normalization: v.exactOptional(v.picklist(normalizations), 'lrn'),
  schedule: v.exactOptional(v.picklist(scheduleKinds), 'constant'),
  warmup: v.exactOptional(wholeWithin(recipeRanges.warmup), 0),
  weightDecay: v.exactOptional(within(recipeRanges.weightDecay), 0),
  labelSmoothing: v.exactOptional(within(recipeRanges.labelSmoothing), 0),
  averaging: v.exactOptional(within(recipeRanges.averaging), 0),
  patience: v.exactOptional(wholeWithin(recipeRanges.patience), 0),
  keepBest: v.exactOptional(v.picklist(switches), 'off'),
  ...strengthEntries,
  initializer: v.picklist(initializers),
  scaling: v.picklist(scalingKinds),
  seed: wholeWithin(recipeRanges.seed),
  displayStep: wholeWithin(recipeRanges.displayStep),
  validationInterval: wholeWithin(recipeRanges.validationInterval),
  validationImages: wholeWithin(recipeRanges.validationImages),
  checkpointInterval: wholeWithin(recipeRanges.checkpointInterval),
});

/** The tutorial's recipe, with He's initial weights in the place of its own; docs/training.md has all departures. */
export const seedRecipe: Recipe = {
  preset: 'seed',
  architecture: 'alexnet',
  width: 1,
  batchSize: 100,
  steps: 1500,
  learningRate: 0.001,
  dropout: 0.5,
  normalization: 'lrn',
  schedule: 'constant',
  warmup: 0,
  weightDecay: 0,
  labelSmoothing: 0,
  averaging: 0,
  patience: 0,
  keepBest: 'off',
  ...noAugmentation,
  initializer: 'he',
  scaling: 'minmax',
  seed: 1,
  displayStep: 10,
  validationInterval: 100,
  validationImages: 5000,
  checkpointInterval: 100,
};

/**
 * What works against overfitting: every image is a little different each time it is seen, the learning
 * rate comes to rest, and the weights used are an average.
 */
export const improvedRecipe: Recipe = {
  ...seedRecipe,
  preset: 'improved',
  steps: 2000,
  learningRate: 0.0015,
  schedule: 'oneCycle',
  dropout: 0.25,
  weightDecay: 0.01,
  averaging: 0.99,
  keepBest: 'on',
  shift: 3,
  rotate: 15,
  scale: 0.15,
  shear: 0.1,
  elastic: 1,
  thickness: 0.4,
};

/**
 * As quickly as two cores get to 99 %: a narrow AlexNet whose activations are normalised by the batch, so
 * that it bears a high learning rate, which one cycle brings to rest. docs/accuracy.md has what it was
 * chosen from.
 */
export const quickRecipe: Recipe = {
  ...seedRecipe,
  preset: 'quick',
  width: 1 / 16,
  batchSize: 32,
  steps: 5000,
  learningRate: 0.005,
  normalization: 'batch',
  schedule: 'oneCycle',
  dropout: 0,
  averaging: 0.99,
  shift: 1,
  rotate: 8,
  scale: 0.08,
  displayStep: 20,
  validationInterval: 250,
  checkpointInterval: 500,
};

export const presets: Record<PresetId, Recipe> = {
  quick: quickRecipe,
  seed: seedRecipe,
  improved: improvedRecipe,
};

/** The width that is a preset's own; undefined where it follows the machine. */
export const widthOfPreset = (id: PresetId): number | undefined =>
  id === 'quick' ? quickRecipe.width : undefined;

/** The network that a recipe trains on images of this shape. */
export function architectureOf(recipe: Recipe, input: ImageShape, classes: number): Architecture {
  const { architecture, width, dropout, normalization } = recipe;
  return buildArchitecture({ id: architecture, width, input, classes, dropout, normalization });
}

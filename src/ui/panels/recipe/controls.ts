import {
  normalizations,
  trainableArchitectures,
} from '../../../domain/architecture/architecture.ts';
import { switches } from '../../../domain/augment/strengths.ts';
import {
  initializers,
  type Recipe,
  type recipeRanges,
  scalingKinds,
  scheduleKinds,
} from '../../../domain/recipe/recipe.ts';

/** A control of the recipe. The preset is no control of its own, it is what Reset goes back to. */
export type RecipeKey = Exclude<keyof Recipe, 'preset'>;

/** The numbers of a recipe. */
export type NumberKey = keyof typeof recipeRanges;

export interface NumberControl {
  readonly key: NumberKey;
  readonly whole: boolean;
  /** How far an arrow key goes. */
  readonly step: number;
}

/** The parts of a recipe that are one of a few, and what they may be. */
export const choices = {
  architecture: trainableArchitectures,
  normalization: normalizations,
  keepBest: switches,
  mirror: switches,
  schedule: scheduleKinds,
  initializer: initializers,
  scaling: scalingKinds,
} as const satisfies { readonly [Key in RecipeKey]?: readonly Recipe[Key][] };

export type ChoiceKey = keyof typeof choices;

const counts = (key: NumberKey, step = 1): NumberControl => ({ key, step, whole: true });
const numbers = (key: NumberKey, step: number): NumberControl => ({ key, step, whole: false });

export const basicNumbers = [counts('batchSize'), counts('steps'), numbers('learningRate', 0.0001)];

export const augmentationNumbers = [
  numbers('shift', 1),
  numbers('rotate', 5),
  numbers('scale', 0.05),
  numbers('shear', 0.05),
  numbers('elastic', 0.5),
  numbers('thickness', 0.1),
  numbers('brightness', 0.05),
  numbers('contrast', 0.05),
  numbers('erase', 0.1),
  numbers('lighting', 0.05),
];

export const regularisationNumbers = [
  numbers('dropout', 0.05),
  numbers('weightDecay', 0.01),
  numbers('labelSmoothing', 0.01),
  numbers('averaging', 0.01),
  counts('patience'),
];

export const scheduleNumbers = [counts('warmup', 10)];

export const advancedNumbers = [
  counts('seed'),
  counts('validationImages', 100),
  counts('validationInterval', 10),
  counts('displayStep'),
  counts('checkpointInterval', 10),
];

const keysOf = (controls: readonly NumberControl[]) => controls.map(({ key }) => key);

/** What stands in which group of the panel. */
export const groups = {
  basic: ['architecture', ...keysOf(basicNumbers)],
  augmentation: [...keysOf(augmentationNumbers), 'mirror'],
  regularisation: [...keysOf(regularisationNumbers), 'normalization', 'keepBest'],
  schedule: ['schedule', ...keysOf(scheduleNumbers)],
  advanced: ['initializer', 'scaling', ...keysOf(advancedNumbers)],
} satisfies Record<string, readonly RecipeKey[]>;

export type GroupName = keyof typeof groups;

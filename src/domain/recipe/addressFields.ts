import { normalizations, trainableArchitectures } from '../architecture/architecture.ts';
import { strengthRanges, switches } from '../augment/strengths.ts';
import { initializers, type Recipe, recipeRanges, scalingKinds, scheduleKinds } from './recipe.ts';

/** How a value of the address is read, and what the address may say. */
export interface AddressField {
  /** Undefined where the text is not such a value. */
  readonly read: (text: string) => string | number | undefined;
  /** What was expected, in signs that every language reads. */
  readonly expected: string;
}

interface RecipeField extends AddressField {
  /** The name in the address. */
  readonly name: string;
  readonly key: keyof Recipe;
}

interface Range {
  readonly min: number;
  readonly max: number;
}

/**
 * Every part of a recipe that the address can ask for, under the name that it has there. The
 * preset, `recipe`, stands by itself: it decides the others where they are not named.
 */
export const recipeFields: readonly RecipeField[] = [
  { name: 'arch', key: 'architecture', ...oneOf(trainableArchitectures) },
  { name: 'width', key: 'width', ...number(recipeRanges.width) },
  { name: 'batch', key: 'batchSize', ...whole(recipeRanges.batchSize) },
  { name: 'steps', key: 'steps', ...whole(recipeRanges.steps) },
  { name: 'lr', key: 'learningRate', ...number(recipeRanges.learningRate) },
  { name: 'dropout', key: 'dropout', ...number(recipeRanges.dropout) },
  { name: 'norm', key: 'normalization', ...oneOf(normalizations) },
  { name: 'schedule', key: 'schedule', ...oneOf(scheduleKinds) },
  { name: 'warmup', key: 'warmup', ...whole(recipeRanges.warmup) },
  { name: 'decay', key: 'weightDecay', ...number(recipeRanges.weightDecay) },
  { name: 'smoothing', key: 'labelSmoothing', ...number(recipeRanges.labelSmoothing) },
  { name: 'averaging', key: 'averaging', ...number(recipeRanges.averaging) },
  { name: 'patience', key: 'patience', ...whole(recipeRanges.patience) },
  { name: 'best', key: 'keepBest', ...oneOf(switches) },
  ...strengthFields(),
  { name: 'init', key: 'initializer', ...oneOf(initializers) },
  { name: 'scaling', key: 'scaling', ...oneOf(scalingKinds) },
  { name: 'seed', key: 'seed', ...whole(recipeRanges.seed) },
  { name: 'display', key: 'displayStep', ...whole(recipeRanges.displayStep) },
  { name: 'interval', key: 'validationInterval', ...whole(recipeRanges.validationInterval) },
  { name: 'validation', key: 'validationImages', ...whole(recipeRanges.validationImages) },
  { name: 'checkpoint', key: 'checkpointInterval', ...whole(recipeRanges.checkpointInterval) },
];

/** Those of augmentation go by their own names. */
function strengthFields(): RecipeField[] {
  const keys = Object.keys(strengthRanges) as (keyof typeof strengthRanges)[];
  return [
    ...keys.map((key) => ({ name: key, key, ...number(strengthRanges[key]) })),
    { name: 'mirror', key: 'mirror', ...oneOf(switches) },
  ];
}

export function oneOf(values: readonly string[]): AddressField {
  return {
    read: (text) => (values.includes(text) ? text : undefined),
    expected: values.join(' | '),
  };
}

function number({ min, max }: Range): AddressField {
  return { read: (text) => numberIn(text, min, max), expected: `${min} … ${max}` };
}

export function whole({ min, max }: Range): AddressField {
  return {
    read: (text) => {
      const value = numberIn(text, min, max);
      return Number.isInteger(value) ? value : undefined;
    },
    expected: `${min}, ${min + 1}, … ${max}`,
  };
}

/** Twice what any double needs: an address may be as long as it likes. */
const LONGEST_NUMBER = 40;
const DECIMAL = /^-?(\d+(\.\d*)?|\.\d+)(e[-+]?\d+)?$/i;

/** Decimal notation alone: `Number` would also take '', ' 1', '0x10' and 'Infinity'. */
function numberIn(text: string, min: number, max: number): number | undefined {
  if (text.length > LONGEST_NUMBER || !DECIMAL.test(text)) return undefined;
  const value = Number(text);
  return value >= min && value <= max ? value : undefined;
}

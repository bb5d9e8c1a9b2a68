import type { VariantId } from '../ablation/ablation.ts';
import { hasWidth } from '../architecture/architecture.ts';
import type { Recipe } from '../recipe/recipe.ts';
import type { ExperimentMark } from './run.ts';

/** Of a run's name, in UTF-16 units, wherever it comes from: the form, a script, or a file. */
export const LONGEST_RUN_NAME = 200;

/**
 * A name that is never too long: what is added stands whole at its end, and what it is added to is
 * cut where there is no room for both.
 */
export function runNameOf(name: string, addition = ''): string {
  const room = LONGEST_RUN_NAME - addition.length;
  if (name.length <= room) return name + addition;
  const halfCharacter = /[\uD800-\uDBFF]$/;
  return `${name.slice(0, room - 1).replace(halfCharacter, '')}…${addition}`;
}

/** What the recipes of an ablation are called in the names of their runs. */
const variantNames: Record<VariantId, string> = {
  seed: 'seed recipe',
  geometry: '+ moved, turned, scaled',
  elastic: '+ elastic distortion',
  thickness: '+ stroke thickness',
  schedule: '+ learning rate schedule',
  dropout: '+ less dropout',
  weightDecay: '+ weight decay',
  averaging: '+ averaged weights',
  improved: 'improved recipe',
};

const networkNames: Record<Recipe['architecture'], string> = {
  alexnet: 'AlexNet',
  'alexnet-towers': 'AlexNet, two towers',
  allconv: 'All-convolutional',
  lenet5: 'LeNet-5',
};

/** A new run's: its network, its data, and what tells it from the others of its experiment. */
export function newRunName(
  { architecture, width, seed }: Recipe,
  datasetName: string,
  experiment?: Pick<ExperimentMark, 'variant'>,
): string {
  const name = networkNames[architecture];
  const network = hasWidth(architecture) ? `${name} ×${width}` : name;
  const variant = experiment ? `, ${variantNames[experiment.variant]}` : '';
  return runNameOf(`${network}, ${datasetName}`, `${variant}, seed ${seed}`);
}

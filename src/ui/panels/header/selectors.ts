import { canStart } from '../../../app/canStart.ts';
import type { WorkbenchState } from '../../../app/state.ts';
import type {
  AdapterReport,
  EngineChoice,
  EngineReport,
} from '../../../domain/machine/engineReport.ts';
import { architectureOf } from '../../../domain/recipe/recipe.ts';
import { estimatedSeconds } from '../../../domain/recipe/timeEstimate.ts';

/** What images are like until there are some. */
const MNIST_SHAPE = { height: 28, width: 28, channels: 1 };
const MNIST_CLASSES = 10;

/** The engines offered, the automatic choice first. */
export const engineChoices = [
  'auto',
  'webgpu',
  'wasm',
  'tfjs',
  'webgl',
  'cpu',
] as const satisfies readonly EngineChoice[];

/** A failed engine can be left for another one; a busy one cannot. */
export const canSelectEngine = canStart('selectEngine');

/** As people call it: `description` where the browser tells it, else vendor and architecture. */
export function adapterName({ vendor, architecture, description }: AdapterReport): string {
  if (description !== '') return description;
  return [vendor, architecture].filter((part) => part !== '').join(' ');
}

/**
 * How long the recipe takes about on this engine, in seconds; known only where the processor does all
 * the work, which is where the choice between the two matters.
 */
export function engineSeconds(
  choice: EngineChoice,
  { engine, recipe, dataset }: Pick<WorkbenchState, 'engine' | 'recipe' | 'dataset'>,
  cores: number,
): number | undefined {
  if (choice !== 'webgpu' && choice !== 'wasm') return undefined;
  if (engine?.adapter?.software !== true) return undefined;
  const summary = dataset.status === 'ready' ? dataset.summary : undefined;
  const { shape = MNIST_SHAPE, classNames } = summary ?? {};
  const architecture = architectureOf(recipe, shape, classNames?.length ?? MNIST_CLASSES);
  return estimatedSeconds(choice, architecture, recipe.batchSize, recipe.steps, cores);
}

/** The text that explains an engine of the menu on this machine. */
export function engineNote(choice: EngineChoice, report: EngineReport | undefined): string {
  const isSoftware = choice === 'webgpu' && report?.adapter?.software === true;
  return isSoftware ? 'webgpu.softwareNote' : `${choice}.note`;
}

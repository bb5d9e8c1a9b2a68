import { canStart } from '../../../app/canStart.ts';
import type { WorkbenchState } from '../../../app/state.ts';
import { hasWidth } from '../../../domain/architecture/architecture.ts';
import { presets, type Recipe } from '../../../domain/recipe/recipe.ts';
import { type Hyperparameter, hyperparameters } from '../../../domain/recipe/recipeDifference.ts';
import type { RunStatus, RunSummary } from '../../../domain/runs/run.ts';
import { formatWidth } from '../../components/format.ts';
import { type LegendKey, legendKeys } from './compare/selectors.ts';

/** The latest first. */
export function sortedRuns(runs: readonly RunSummary[]): RunSummary[] {
  return [...runs].sort((a, b) => b.updatedAt - a.updatedAt);
}

/** What all these runs take, both checkpoints of each. */
export function storedBytesOf(runs: readonly RunSummary[]): number {
  return runs.reduce((total, { storedBytes }) => total + storedBytes, 0);
}

/** Whether runs may be opened and deleted now. */
export const canChangeRuns = canStart('openRun');

/** `training` of the run that trains here is live; any other waits, or is another tab's. */
export function shownStatus(run: RunSummary, trainsHere: boolean): RunStatus | 'live' {
  return run.status === 'training' && trainsHere ? 'live' : run.status;
}

/** The list says how far a run was saved; of the one in memory more is known. */
export function shownStep({ run: current }: WorkbenchState, run: RunSummary): number {
  return current?.record.id === run.id ? current.step : run.step;
}

/** A text of namespace `runs` with its numbers. */
export interface Highlight {
  readonly key: string;
  readonly params: Readonly<Record<string, string | number>>;
}

/** What tells a run from the others: its network and batch, and whatever its preset has not. */
export function recipeHighlights(recipe: Recipe, hasImportedNetwork = false): Highlight[] {
  const preset = presets[recipe.preset];
  const network = hasImportedNetwork ? 'importedNetwork' : recipe.architecture;
  const highlights: Highlight[] = [{ key: network, params: {} }];
  if (!hasImportedNetwork && hasWidth(recipe.architecture)) {
    highlights.push({ key: 'width', params: { width: formatWidth(recipe.width) } });
  }
  if (recipe.preset !== 'seed') highlights.push({ key: recipe.preset, params: {} });
  highlights.push({ key: 'batch', params: { batch: recipe.batchSize } });
  for (const key of ['learningRate', 'dropout', 'seed'] as const) {
    if (recipe[key] !== preset[key]) highlights.push({ key, params: { value: recipe[key] } });
  }
  for (const key of ['initializer', 'scaling'] as const) {
    if (recipe[key] !== preset[key]) highlights.push({ key: `${key}.${recipe[key]}`, params: {} });
  }
  return highlights;
}

/** Said by `recipeHighlights`, or elsewhere on the card, or of no weight. */
const saidElsewhere: readonly Hyperparameter[] = [
  ...(['architecture', 'width', 'batchSize', 'steps', 'learningRate', 'dropout', 'seed'] as const),
  ...(['initializer', 'scaling', 'validationInterval', 'validationImages'] as const),
  ...(['patience', 'keepBest'] as const),
];

/** What else of a recipe its preset has not. */
export function furtherChanges(recipe: Recipe): LegendKey[] {
  const preset = presets[recipe.preset];
  return legendKeys(
    hyperparameters.filter((key) => !saidElsewhere.includes(key) && recipe[key] !== preset[key]),
  );
}

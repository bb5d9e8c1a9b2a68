import type { WorkbenchState } from '../../../app/state.ts';
import {
  type Architecture,
  buildArchitecture,
  type ImageShape,
  originalAlexnet,
} from '../../../domain/architecture/architecture.ts';
import type {
  LayerReport,
  MemoryEstimate,
  NetworkReport,
} from '../../../domain/architecture/shapes.ts';
import type { DatasetSummary } from '../../../domain/data/dataset.ts';
import { architectureOf, type Recipe } from '../../../domain/recipe/recipe.ts';
import type { RunRecord } from '../../../domain/runs/run.ts';

/**
 * Which network the panel shows: the one in memory, that which the recipe would make, where it is
 * another, or one to compare them with.
 */
export type View = 'own' | 'recipe' | 'lenet5' | 'original';

/** What images are like until there are some. */
const MNIST_SHAPE: ImageShape = { height: 28, width: 28, channels: 1 };
const MNIST_CLASSES = 10;

/** A network, and the recipe that says the rest of it. */
export interface ShownNetwork {
  readonly architecture: Architecture;
  readonly recipe: Recipe;
}

type Networks = Pick<WorkbenchState, 'recipe'> & {
  readonly run: Pick<RunRecord, 'architecture' | 'recipe'> | undefined;
  readonly dataset: DatasetSummary | undefined;
};

export function shownNetwork(view: View, { run, recipe, dataset }: Networks): ShownNetwork {
  if (view === 'own' && run) return run;
  const asked = view === 'own' ? 'recipe' : view;
  return { architecture: shownArchitecture(asked, recipe, dataset), recipe };
}

/** Whether Train would make another network than the one in memory. */
export function recipeDiffers({ run, recipe, dataset }: Networks): boolean {
  if (!run) return false;
  const next = shownArchitecture('recipe', recipe, dataset);
  return layersOf(next) !== layersOf(run.architecture);
}

function layersOf({ input, layers, classes }: Architecture): string {
  const ordered = (_: string, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value;
  return JSON.stringify({ input, layers, classes }, ordered);
}

function shownArchitecture(
  view: Exclude<View, 'own'>,
  recipe: Recipe,
  dataset: DatasetSummary | undefined,
): Architecture {
  const input = dataset?.shape ?? MNIST_SHAPE;
  const classes = dataset?.classNames.length ?? MNIST_CLASSES;
  switch (view) {
    case 'recipe':
      return architectureOf(recipe, input, classes);
    case 'lenet5':
      return buildArchitecture({ id: 'lenet5', width: 1, input, classes, dropout: 0 });
    case 'original':
      return originalAlexnet;
  }
}

export interface LayerRow {
  readonly report: LayerReport;
  /** Shares of the whole network's, 0 to 1. */
  readonly parametersShare: number;
  readonly multiplyAddsShare: number;
  readonly activationShare: number;
}

export function layerRows(network: NetworkReport): LayerRow[] {
  const share = (part: number, whole: number) => (whole > 0 ? part / whole : 0);
  return network.layers.map((report) => ({
    report,
    parametersShare: share(report.parameters, network.parameters),
    multiplyAddsShare: share(report.multiplyAdds, network.multiplyAdds),
    activationShare: share(report.activationBytes, network.activationBytes),
  }));
}

export interface MemoryPart {
  readonly part: 'weights' | 'gradients' | 'optimizer' | 'activations';
  readonly bytes: number;
  readonly share: number;
}

export function memoryParts(estimate: MemoryEstimate): MemoryPart[] {
  const { weightsBytes, gradientsBytes, optimizerBytes, activationsBytes, totalBytes } = estimate;
  const parts = [
    ['weights', weightsBytes],
    ['gradients', gradientsBytes],
    ['optimizer', optimizerBytes],
    ['activations', activationsBytes],
  ] as const;
  return parts.map(([part, bytes]) => ({ part, bytes, share: bytes / totalBytes }));
}

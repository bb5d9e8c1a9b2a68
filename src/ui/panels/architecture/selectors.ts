import {
  type Architecture,
  buildArchitecture,
  type ImageShape,
  originalAlexnet,
} from '../../../domain/architecture.ts';
import type { DatasetSummary } from '../../../domain/dataset.ts';
import { architectureOf, type Recipe } from '../../../domain/recipe.ts';
import type { LayerReport, MemoryEstimate, NetworkReport } from '../../../domain/shapes.ts';

/** Which network the panel shows: the recipe's, or one to compare it with. */
export type View = 'recipe' | 'lenet5' | 'original';

/** What images are like until there are some. */
const MNIST_SHAPE: ImageShape = { height: 28, width: 28, channels: 1 };
const MNIST_CLASSES = 10;

export function shownArchitecture(
  view: View,
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

import type { LayerReport, NetworkReport } from '../architecture/shapes.ts';

/**
 * A network as its picture has it: blocks instead of layers. A convolution, a dense layer and a pooling
 * that no convolution follows are drawn; what only changes the numbers of such a block, or hands them on
 * smaller to the next, is said of it and not drawn again, as in the figure of the 2012 paper.
 */
export interface Block {
  /** That of its first layer, whose output is what is drawn. */
  readonly name: string;
  readonly form: 'volume' | 'column' | 'outputs';
  /** The layer that is drawn, and those that belong to it, in their order. */
  readonly layers: readonly [LayerReport, ...LayerReport[]];
  /** `[height, width, channels]` of a volume, `[units]` of the others. */
  readonly shape: readonly number[];
  readonly parameters: number;
  readonly multiplyAdds: number;
}

export function blocksOf({ layers }: NetworkReport): Block[] {
  const groups: [LayerReport, ...LayerReport[]][] = [];
  for (const [index, report] of layers.entries()) {
    const last = groups.at(-1);
    if (last && !isDrawn(layers, index)) last.push(report);
    else groups.push([report]);
  }
  return groups.map((group, index) => blockOf(group, index === groups.length - 1));
}

function isDrawn(layers: readonly LayerReport[], index: number): boolean {
  switch (layers[index]?.layer.kind) {
    case 'conv2d':
    case 'dense':
    case 'globalAveragePool':
      return true;
    case 'maxPool':
    case 'avgPool': {
      const next = layers.slice(index + 1).find(({ layer }) => layer.kind !== 'dropout');
      return next?.layer.kind !== 'conv2d';
    }
    default:
      return false;
  }
}

function blockOf(layers: Block['layers'], isLast: boolean): Block {
  const [{ layer, outputShape }] = layers;
  const isFlat = outputShape.length === 1;
  const sum = (of: (report: LayerReport) => number) =>
    layers.reduce((total, report) => total + of(report), 0);
  return {
    name: layer.name,
    form: !isFlat ? 'volume' : isLast ? 'outputs' : 'column',
    layers,
    shape: outputShape,
    parameters: sum((report) => report.parameters),
    multiplyAdds: sum((report) => report.multiplyAdds),
  };
}

/** Two where convolutions were split over two, as AlexNet's were over two GPUs. */
export function towersOf({ layers }: NetworkReport): 1 | 2 {
  const groups = layers.map(({ layer }) => (layer.kind === 'conv2d' ? layer.groups : 1));
  return Math.max(...groups) === 2 ? 2 : 1;
}

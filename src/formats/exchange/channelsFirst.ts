import type { Architecture, Layer } from '../../domain/architecture/architecture.ts';
import { describeNetwork, type LayerReport } from '../../domain/architecture/shapes.ts';
import type { NamedTensor } from '../../domain/runs/run.ts';
import { assert } from '../../util/assert.ts';
import { inverse, permuted } from './permute.ts';

/**
 * The layouts of PyTorch and ONNX, where channels come before pixels: kernels of convolutions out, in,
 * height, width; of dense layers out, in; and the flattening goes over channel, height, width. Ours are
 * height, width, in, out; in, out; and height, width, channel. Numbers change places, never their bits.
 */

const HWIO_TO_OIHW = [3, 2, 0, 1];

/** A tensor of a layer, how it lies here and how there: seen in the first shape, with its axes in an order. */
interface Move {
  readonly name: string;
  readonly shape: readonly number[];
  /** As which shape its axes are changed. */
  readonly seenAs: readonly number[];
  readonly order: readonly number[];
  readonly otherShape: readonly number[];
}

export function toChannelsFirst(
  architecture: Architecture,
  tensors: readonly NamedTensor[],
): NamedTensor[] {
  const moves = movesOf(architecture);
  return tensors.map((tensor) => {
    const move = moves.get(tensor.name);
    if (!move) return tensor;
    const { seenAs, order, otherShape } = move;
    return { ...permuted({ ...tensor, shape: seenAs }, order), shape: otherShape };
  });
}

/** The way back. The tensors have the shapes of `channelsFirstShapes`. */
export function fromChannelsFirst(
  architecture: Architecture,
  tensors: readonly NamedTensor[],
): NamedTensor[] {
  const moves = movesOf(architecture);
  return tensors.map((tensor) => {
    const move = moves.get(tensor.name);
    if (!move) return tensor;
    const { seenAs, order, shape } = move;
    const there = order.map((axis) => seenAs[axis] ?? 1);
    return { ...permuted({ ...tensor, shape: there }, inverse(order)), shape };
  });
}

/** How the tensors lie there, in the order of `weightSpecs`. */
export function channelsFirstShapes(
  architecture: Architecture,
): { readonly name: string; readonly shape: readonly number[] }[] {
  const moves = movesOf(architecture);
  return describeNetwork(architecture).layers.flatMap(({ weights }) =>
    weights.map(({ name, shape }) => ({ name, shape: moves.get(name)?.otherShape ?? shape })),
  );
}

function movesOf(architecture: Architecture): ReadonlyMap<string, Move> {
  const moves = new Map<string, Move>();
  const { layers } = describeNetwork(architecture);
  for (const [index, report] of layers.entries()) {
    const move = moveOf(report, flattenedShape(layers, index));
    if (move) moves.set(move.name, move);
  }
  return moves;
}

function moveOf({ layer, weights }: LayerReport, flattened: readonly number[]): Move | undefined {
  const kernel = weights.find(({ name }) => name.endsWith('/kernel'));
  if (!kernel) return undefined;
  const { name, shape } = kernel;
  if (layer.kind === 'conv2d') {
    const otherShape = HWIO_TO_OIHW.map((axis) => shape[axis] ?? 1);
    return { name, shape, seenAs: shape, order: HWIO_TO_OIHW, otherShape };
  }
  const [inputs = 1, units = 1] = shape;
  const otherShape = [units, inputs];
  const [height, width, channels] = flattened;
  return height !== undefined && width !== undefined && channels !== undefined
    ? {
        ...{ name, shape, otherShape },
        ...{ seenAs: [height, width, channels, units], order: [3, 2, 0, 1] },
      }
    : { name, shape, otherShape, seenAs: shape, order: [1, 0] };
}

/** What a dense layer sees, before the flattening; its own input's shape where nothing was flattened. */
function flattenedShape(layers: readonly LayerReport[], index: number): readonly number[] {
  const passes: readonly Layer['kind'][] = ['flatten', 'dropout', 'batchNorm'];
  let before = index;
  while (before > 0 && passes.includes(layers[before - 1]?.layer.kind ?? 'dense')) before--;
  const report = layers[before];
  assert(report, 'a layer of the network');
  return report.inputShape;
}

import { type Architecture, hasWidth, widths } from '../domain/architecture/architecture.ts';
import { describeNetwork } from '../domain/architecture/shapes.ts';
import { architectureOf, type Recipe } from '../domain/recipe/recipe.ts';
import { WorkbenchError } from '../util/errors.ts';

/**
 * Refuses, before anything is allocated, a network one of whose layers needs a larger buffer than the
 * adapter allows: `engine.notTrainable`, which names the layer, and the largest width and the largest
 * batch that would fit.
 *
 * A layer's buffers are its weights, and its output for a whole batch; gradients are as large.
 * @param limitBytes of one buffer
 */
export function refuseTooLarge(
  architecture: Architecture,
  recipe: Recipe,
  limitBytes: number,
): void {
  const { batchSize } = recipe;
  const largest = largestBuffer(architecture, batchSize);
  if (largest.bytes <= limitBytes) return;
  const { id, input, classes } = architecture;
  const width = widths.find((candidate) => {
    if (!hasWidth(id) || candidate >= recipe.width) return false;
    const narrower = architectureOf({ ...recipe, width: candidate }, input, classes);
    return largestBuffer(narrower, batchSize).bytes <= limitBytes;
  });
  throw new WorkbenchError('engine.notTrainable', {
    layer: largest.layer,
    neededMB: Math.ceil(largest.bytes / 1e6),
    limitMB: Math.floor(limitBytes / 1e6),
    width: width ?? 0,
    batch: fittingBatch(architecture, limitBytes),
  });
}

function largestBuffer(architecture: Architecture, batchSize: number) {
  const buffers = describeNetwork(architecture).layers.map((report) => ({
    layer: report.layer.name,
    bytes: Math.max(
      report.activationBytes * batchSize,
      ...report.weights.map(({ shape }) => 4 * shape.reduce((size, extent) => size * extent, 1)),
    ),
  }));
  return buffers.reduce((largest, each) => (each.bytes > largest.bytes ? each : largest));
}

/**
 * How many images go through the network at once where `wanted` should. Throws `engine.bufferTooLarge`
 * where not even one can.
 */
export function batchThatFits(
  architecture: Architecture,
  wanted: number,
  limitBytes: number,
): number {
  const batch = Math.min(wanted, fittingBatch(architecture, limitBytes));
  if (batch > 0) return batch;
  const { layer, bytes } = largestBuffer(architecture, 1);
  throw new WorkbenchError('engine.bufferTooLarge', {
    buffer: layer,
    neededMB: Math.ceil(bytes / 1e6),
    limitMB: Math.floor(limitBytes / 1e6),
  });
}

/** The largest batch that fits the device; 0 where the weights alone are too large. */
function fittingBatch(architecture: Architecture, limitBytes: number): number {
  if (largestBuffer(architecture, 0).bytes > limitBytes) return 0;
  const bytes = describeNetwork(architecture).layers.map(({ activationBytes }) => activationBytes);
  return Math.floor(limitBytes / Math.max(...bytes));
}

import type { RunState } from '../../../app/state.ts';
import { buildArchitecture } from '../../../domain/architecture/architecture.ts';
import { describeNetwork, sizeOf, weightSpecs } from '../../../domain/architecture/shapes.ts';
import type { Inspection, LayerFilters } from '../../../domain/inside/inspection.ts';
import { runState } from '../../testing/runState.ts';

/** LeNet-5 in memory, after ten steps. */
export const lenet: RunState = {
  ...runState,
  record: {
    ...runState.record,
    architecture: buildArchitecture({
      ...{ id: 'lenet5', width: 1, classes: 10, dropout: 0 },
      input: { height: 28, width: 28, channels: 1 },
    }),
  },
};

/** An answer of the worker for an image that reads as `label`, with values that tell layers and maps apart. */
export function inspected(pixels: Uint8Array, label: number): Inspection {
  const { architecture } = lenet.record;
  const layers = describeNetwork(architecture)
    .layers.filter(({ layer }) => layer.kind !== 'flatten')
    .map(({ layer: { name }, outputShape }) => ({
      ...{ name, shape: outputShape },
      values: Float32Array.from({ length: sizeOf(outputShape) }, (_, i) => Math.sin(i)),
    }));
  const logits = Float32Array.from({ length: 10 }, (_, i) => (i === label ? 5 : 0));
  const probabilities = Float32Array.from({ length: 10 }, (_, i) => (i === label ? 0.91 : 0.01));
  return { runId: lenet.record.id, step: 10, pixels, layers, logits, probabilities };
}

/** A picture as the network saw it, as the state has it after a drawing. */
export const drawn = {
  ...{ blank: false, label: 3, probabilities: Array.from({ length: 10 }, () => 0.1) },
  ...{ prepared: new Uint8Array(784).fill(7), preparedWidth: 28, preparedHeight: 28 },
};

/** The weights of a layer of it, of which a half was learned. */
export function filtersOf(layer: string): LayerFilters {
  const [kernel, bias] = weightSpecs(lenet.record.architecture)
    .filter(({ name }) => name.startsWith(`${layer}/`))
    .map(({ name, shape }) => ({
      ...{ name, shape },
      values: Float32Array.from({ length: sizeOf(shape) }, (_, i) => Math.cos(i) / 10),
    }));
  if (!kernel || !bias) throw new Error(`LeNet-5 has no weights ${layer}.`);
  const learned = kernel.values.map((value) => value / 2);
  return { runId: lenet.record.id, step: 10, layer, kernel, bias, learned };
}

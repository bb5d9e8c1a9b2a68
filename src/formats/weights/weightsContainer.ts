import type { NamedTensor } from '../../domain/runs/run.ts';

/** A weights file of any format, opened: what it declares, and its tensors when asked for. */
export interface WeightsContainer {
  /** What the file says of its model, not checked yet. */
  readonly metadata: unknown;
  /** What it has of samples, not checked yet. */
  readonly samples?: string | undefined;
  readonly tensors: readonly TensorHeader[];
  /** Called after the headers were found to be those of the network, so that sizes are known. */
  load(): readonly NamedTensor[];
}

export interface TensorHeader {
  readonly name: string;
  readonly shape: readonly number[];
}

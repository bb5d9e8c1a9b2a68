import { sizeOf } from '../../domain/architecture/shapes.ts';
import { WorkbenchError } from '../../util/errors.ts';
import type { Values } from '../exchange/networkBuilder.ts';
import { quoted } from '../text/quoted.ts';

/** A weight as a manifest declares it, with its bytes. */
export interface StoredWeight {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: string;
  readonly bytes: Uint8Array;
}

/**
 * Weights that are asked for by layer and part: `dense_1/kernel`, or with the names of models before it,
 * `sequential/dense_1/kernel`.
 */
export class NamedWeights {
  private readonly unused: Map<string, StoredWeight>;

  constructor(
    private readonly file: string,
    private readonly network: string,
    weights: readonly StoredWeight[],
  ) {
    this.unused = new Map(weights.map((weight) => [weight.name, weight]));
  }

  take(layer: string, part: string, shape: readonly number[]): Values {
    const { file, network } = this;
    const name = `${layer}/${part}`;
    const found =
      this.unused.get(name) ??
      [...this.unused.values()].find((weight) => weight.name.endsWith(`/${name}`));
    if (!found) {
      const tensor = quoted(name);
      throw new WorkbenchError('weights.missingTensor', { file, tensor, network });
    }
    this.unused.delete(found.name);
    const tensor = quoted(found.name);
    if (found.dtype !== 'float32') {
      throw new WorkbenchError('weights.dtype', { file, tensor, actual: quoted(found.dtype) });
    }
    const [actual, expected] = [found.shape.join('x') || '()', shape.join('x')];
    if (actual !== expected) {
      throw new WorkbenchError('weights.shape', { file, tensor, actual, expected, network });
    }
    // Wherever the bytes begin.
    const values = new Float32Array(found.bytes.slice().buffer, 0, sizeOf(shape));
    return { shape, values };
  }

  /** Whole numbers, such as the state of a dropout's chance, are of no use to the network. */
  refuseUnused(): void {
    const { file, network } = this;
    for (const { name, dtype } of this.unused.values()) {
      if (dtype !== 'float32') continue;
      throw new WorkbenchError('weights.extraTensor', { file, tensor: quoted(name), network });
    }
  }
}

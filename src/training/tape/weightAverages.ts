import { VANISHING } from '../../domain/recipe/optimizerRule.ts';
import type { NamedTensor } from '../../domain/runs/run.ts';
import { averageName } from '../../domain/runs/weightsInUse.ts';
import { tf } from '../../engine/tfjs/tf.ts';
import { at } from '../../util/assert.ts';
import { assign, readTensors } from './tfjsModel.ts';
import { vanish } from './vanish.ts';

/**
 * Moving averages of a network's trained variables (Polyak and Juditsky 1992). Training goes on with
 * the variables; whoever uses the network finds the averages in their place. Statistics of batch
 * normalisation, which are moving averages already, stay as they are.
 */
export class WeightAverages {
  private readonly averages: tf.Variable[];
  /** Whether the variables hold the averages, and the averages the weights in training. */
  private isShown = false;

  constructor(
    private readonly names: readonly string[],
    private readonly variables: readonly tf.Variable[],
  ) {
    this.averages = variables.map((w) => tf.variable(w, false));
  }

  /** After an update of the weights: `a <- a + (1 - decay) (w - a)`. */
  update(decay: number): void {
    for (const [i, a] of this.averages.entries()) {
      const w = at(this.variables, i);
      tf.tidy(() => {
        const moved = tf.add(a, tf.mul(tf.sub(w, a), 1 - decay));
        a.assign(vanish(moved, VANISHING.weight));
      });
    }
  }

  /** Gives the variables the averages. */
  bringWeights(): void {
    if (!this.isShown) this.swap();
  }

  /** Gives the variables the weights in training again. */
  putAway(): void {
    if (this.isShown) this.swap();
  }

  private swap(): void {
    for (const [i, a] of this.averages.entries()) {
      const w = at(this.variables, i);
      const weights = w.clone();
      w.assign(a);
      a.assign(weights);
      weights.dispose();
    }
    this.isShown = !this.isShown;
  }

  /** As they are now: whoever uses the network meanwhile changes places with them. */
  exportState(): Promise<NamedTensor[]> {
    this.putAway();
    return readTensors(
      this.names.map((name, i) => [averageName(name), at(this.averages, i)] as const),
    );
  }

  /** Where a state has no averages they begin as the weights. */
  importState(tensors: readonly NamedTensor[]): void {
    this.putAway();
    const byName = new Map(tensors.map((tensor) => [tensor.name, tensor]));
    for (const [i, name] of this.names.entries()) {
      const tensor = byName.get(averageName(name)) ?? byName.get(name);
      if (tensor) assign(at(this.averages, i), tensor);
    }
  }

  dispose(): void {
    this.putAway();
    tf.dispose(this.averages);
  }
}

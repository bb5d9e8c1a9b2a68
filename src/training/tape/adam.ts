import { ADAM, effectiveRate, isDecayed, VANISHING } from '../../domain/recipe/optimizerRule.ts';
import type { NamedTensor } from '../../domain/runs/run.ts';
import { tf } from '../../engine/tfjs/tf.ts';
import { assert, at } from '../../util/assert.ts';
import { assign, readTensors } from './tfjsModel.ts';
import { vanish } from './vanish.ts';

/**
 * `ADAM` of `domain/recipe/optimizerRule.ts`, with weights that decay, by tensor operations. Its state (the
 * moments and the number of updates) is part of a checkpoint: without it the next step would not be
 * the same.
 */
export class Adam {
  private readonly firstMoments: tf.Variable[];
  private readonly secondMoments: tf.Variable[];
  private updates = 0;

  constructor(
    private readonly names: readonly string[],
    private readonly variables: readonly tf.Variable[],
    private readonly weightDecay: number,
  ) {
    const zeros = () => variables.map((w) => tf.tidy(() => tf.variable(tf.zeros(w.shape), false)));
    this.firstMoments = zeros();
    this.secondMoments = zeros();
  }

  get updatesDone(): number {
    return this.updates;
  }

  /** Updates every variable in place. `gradients` are in the order of the variables. */
  apply(gradients: readonly tf.Tensor[], learningRate: number): void {
    this.updates++;
    const { beta1, beta2, epsilon } = ADAM;
    const rate = effectiveRate(ADAM, learningRate, this.updates);
    const share = learningRate * this.weightDecay;
    for (const [i, g] of gradients.entries()) {
      const w = at(this.variables, i);
      const m = at(this.firstMoments, i);
      const v = at(this.secondMoments, i);
      tf.tidy(() => {
        const first = tf.add(tf.mul(m, beta1), tf.mul(g, 1 - beta1));
        m.assign(vanish(first, VANISHING.first));
        const square = tf.square(vanish(g, VANISHING.gradient));
        const second = tf.add(tf.mul(v, beta2), tf.mul(square, 1 - beta2));
        v.assign(vanish(second, VANISHING.second));
        const move = tf.div(tf.mul(m, rate), tf.add(tf.sqrt(v), epsilon));
        const decays = share > 0 && isDecayed(w.shape);
        const change = decays ? tf.add(tf.mul(w, share), move) : move;
        w.assign(vanish(tf.sub(w, change), VANISHING.weight));
      });
    }
  }

  async exportState(): Promise<NamedTensor[]> {
    // Before anything is awaited: they are of the step that the moments are of.
    const updates = Float32Array.of(this.updates);
    const moments = await readTensors([
      ...this.names.map((name, i) => [`adam/m/${name}`, at(this.firstMoments, i)] as const),
      ...this.names.map((name, i) => [`adam/v/${name}`, at(this.secondMoments, i)] as const),
    ]);
    return [...moments, { name: 'adam/updates', shape: [1], values: updates }];
  }

  /** Takes what `exportState` gave; weights without it start with fresh moments. */
  importState(tensors: readonly NamedTensor[]): void {
    const byName = new Map(tensors.map((tensor) => [tensor.name, tensor]));
    const updates = byName.get('adam/updates');
    if (!updates) return;
    const restore = (moments: readonly tf.Variable[], prefix: string) => {
      for (const [i, name] of this.names.entries()) {
        const tensor = byName.get(`${prefix}/${name}`);
        assert(tensor, `the optimizer state lacks ${prefix}/${name}`);
        assign(at(moments, i), tensor);
      }
    };
    restore(this.firstMoments, 'adam/m');
    restore(this.secondMoments, 'adam/v');
    this.updates = at(updates.values, 0);
  }

  dispose(): void {
    tf.dispose([...this.firstMoments, ...this.secondMoments]);
  }
}

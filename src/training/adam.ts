import type { NamedTensor } from '../domain/run.ts';
import { tf } from '../engine/tf.ts';
import { assert, at } from '../util/assert.ts';
import { assign, readTensors } from './network.ts';

/**
 * Adam (Kingma and Ba 2015, "Adam: a method for stochastic optimization", algorithm 1 in the form
 * of its section 2, which TensorFlow uses): for a gradient g at step t,
 *
 *   m <- b1 m + (1 - b1) g          v <- b2 v + (1 - b2) g^2
 *   w <- w - lr sqrt(1 - b2^t) / (1 - b1^t) * m / (sqrt(v) + epsilon)
 *
 * Its state (m, v, t) is part of a checkpoint: without it the next step would not be the same.
 */
export class Adam {
  private readonly firstMoments: tf.Variable[];
  private readonly secondMoments: tf.Variable[];
  private updates = 0;

  constructor(
    private readonly names: readonly string[],
    private readonly variables: readonly tf.Variable[],
    private readonly beta1 = 0.9,
    private readonly beta2 = 0.999,
    private readonly epsilon = 1e-8,
  ) {
    const zeros = () => variables.map((w) => tf.tidy(() => tf.variable(tf.zeros(w.shape), false)));
    this.firstMoments = zeros();
    this.secondMoments = zeros();
  }

  /** Updates every variable in place. `gradients` are in the order of the variables. */
  apply(gradients: readonly tf.Tensor[], learningRate: number): void {
    this.updates++;
    const { beta1, beta2, epsilon, updates } = this;
    const rate = (learningRate * Math.sqrt(1 - beta2 ** updates)) / (1 - beta1 ** updates);
    for (const [i, g] of gradients.entries()) {
      const w = at(this.variables, i);
      const m = at(this.firstMoments, i);
      const v = at(this.secondMoments, i);
      tf.tidy(() => {
        m.assign(tf.add(tf.mul(m, beta1), tf.mul(g, 1 - beta1)));
        v.assign(tf.add(tf.mul(v, beta2), tf.mul(tf.square(g), 1 - beta2)));
        const update = tf.div(tf.mul(m, rate), tf.add(tf.sqrt(v), epsilon));
        w.assign(tf.sub(w, update));
      });
    }
  }

  async exportState(): Promise<NamedTensor[]> {
    const moments = await readTensors([
      ...this.names.map((name, i) => [`adam/m/${name}`, at(this.firstMoments, i)] as const),
      ...this.names.map((name, i) => [`adam/v/${name}`, at(this.secondMoments, i)] as const),
    ]);
    return [
      ...moments,
      { name: 'adam/updates', shape: [1], values: Float32Array.of(this.updates) },
    ];
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

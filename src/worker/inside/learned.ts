import { sizeOf, weightSpecs } from '../../domain/architecture/shapes.ts';
import { beganWith } from '../../domain/inside/beginning.ts';
import type { NamedTensor } from '../../domain/runs/run.ts';
import { initialWeights } from '../../training/initialWeights.ts';
import { assert, at } from '../../util/assert.ts';
import type { CurrentRun } from '../runs/currentRun.ts';

/** Drawn and compared in no time; and of so many, those that began together still show it after long training. */
const MOST_NUMBERS = 2 ** 18;

/** What learning has added to the kernels of a run. */
export class Learned {
  /** What the seed gives, of the kernel last asked for: millions of numbers take seconds to draw. */
  private readonly drawn = new WeakMap<CurrentRun, NamedTensor>();
  private readonly ofSeed = new WeakMap<CurrentRun, boolean>();

  /**
   * The kernel less what the seed gives; nothing where the run's weights do not come from that seed. Its
   * status does not tell: what was imported can be trained further.
   */
  async of(run: CurrentRun, kernel: NamedTensor): Promise<Float32Array | undefined> {
    // Its layers have names of their own, and its recipe is nobody's.
    if (run.record.architecture.id === 'imported') return undefined;
    const first = this.first(run, kernel.name);
    if (!beganWith(kernel.values, first) && !(await this.isOfSeed(run))) return undefined;
    return kernel.values.map((value, i) => value - at(first, i));
  }

  private first(run: CurrentRun, name: string): Float32Array {
    const known = this.drawn.get(run);
    if (known?.name === name) return known.values;
    const tensor = fromSeed(run, name);
    this.drawn.set(run, tensor);
    return tensor.values;
  }

  /** A kernel of few numbers may have moved too far for its own to tell: then a larger one is asked. */
  private async isOfSeed(run: CurrentRun): Promise<boolean> {
    const known = this.ofSeed.get(run);
    if (known !== undefined) return known;
    const [witness] = weightSpecs(run.record.architecture)
      .filter(({ shape }) => shape.length > 1 && sizeOf(shape) <= MOST_NUMBERS)
      .toSorted((one, other) => sizeOf(other.shape) - sizeOf(one.shape));
    const [now] = witness ? await run.network.exportWeights([witness.name]) : [];
    const isOfSeed = now !== undefined && beganWith(now.values, fromSeed(run, now.name).values);
    this.ofSeed.set(run, isOfSeed);
    return isOfSeed;
  }
}

function fromSeed({ record }: CurrentRun, name: string): NamedTensor {
  const { architecture, recipe } = record;
  const [tensor] = initialWeights(architecture, recipe.initializer, recipe.seed, [name]);
  assert(tensor, `the network has a weight ${name}`);
  return tensor;
}

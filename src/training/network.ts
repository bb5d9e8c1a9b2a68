import type { Architecture } from '../domain/architecture/architecture.ts';
import { named, weightSpecs } from '../domain/architecture/shapes.ts';
import type { NamedTensor } from '../domain/runs/run.ts';
import { freeUnused } from '../engine/device.ts';
import { assert } from '../util/assert.ts';
import { WorkbenchError } from '../util/errors.ts';
import type { Backend } from './backend.ts';
import { backendInUse } from './backendInUse.ts';
import type { Inspected, Reader, Wanted } from './reader.ts';
import type { Trainer } from './trainer.ts';

/**
 * A network with the weights that it is used with. They lie here, as plain numbers, until a trainer
 * takes them over; whoever reads images meanwhile has them read on the engine in use.
 */
export class Network {
  private weights: readonly NamedTensor[] = [];
  private trainer: Trainer | undefined;
  private reader: Promise<Reader> | undefined;
  /** Those that have begun and are not over: what they read with stays until they are. */
  private readonly reads = new Set<Promise<unknown>>();
  private isReplaced = false;

  constructor(
    readonly architecture: Architecture,
    weights: readonly NamedTensor[],
    private readonly backend: () => Promise<Backend> = backendInUse,
  ) {
    this.importWeights(weights);
  }

  /**
   * Takes every weight from these tensors, by name; shapes were checked by whoever read them, and
   * nobody writes into them any more.
   */
  importWeights(tensors: readonly NamedTensor[]): void {
    const byName = new Map(tensors.map((tensor) => [tensor.name, tensor]));
    const weights = weightSpecs(this.architecture).map(({ name, shape }) => {
      const tensor = byName.get(name);
      assert(tensor, `no weight ${name}`);
      assert(String(tensor.shape) === String(shape), `${name} has shape ${tensor.shape}`);
      return tensor;
    });
    this.rest();
    this.trainer = undefined;
    this.weights = weights;
  }

  /** From now on this trainer has the weights, until others are imported. */
  handTo(trainer: Trainer): void {
    this.rest();
    this.trainer = trainer;
    this.weights = [];
  }

  /**
   * Logits `[count, classes]` of images, NHWC and scaled. Throws `model.replaced` once the network has
   * been disposed of.
   */
  infer(images: Float32Array, count: number): Promise<Float32Array> {
    return this.reading((reader) => reader.infer(images, count));
  }

  /** Likewise, and what the network makes of them on the way. */
  inspect(wanted: Wanted, images: Float32Array, count: number): Promise<Inspected> {
    return this.reading((reader) => reader.inspect(wanted, images, count));
  }

  private async reading<T>(read: (reader: Trainer | Reader) => Promise<T>): Promise<T> {
    if (this.isReplaced) throw new WorkbenchError('model.replaced');
    const reading = Promise.resolve(this.inUse()).then(read);
    this.reads.add(reading);
    return reading.finally(() => this.reads.delete(reading));
  }

  /** Copies of the weights in use, named as the architecture names them: all, or `only` these. */
  async exportWeights(only?: readonly string[]): Promise<NamedTensor[]> {
    if (this.trainer) return this.trainer.exportWeights(only);
    return named(this.weights, only).map((tensor) => ({
      ...tensor,
      values: tensor.values.slice(),
    }));
  }

  private inUse(): Trainer | Promise<Reader> {
    if (this.trainer) return this.trainer;
    if (this.reader) return this.reader;
    const { architecture, weights } = this;
    const making = this.backend().then((backend) => backend.makeReader(architecture, weights));
    this.reader = making;
    making.catch(() => {
      // Memory that was not to be had may be there next time.
      if (this.reader === making) this.reader = undefined;
    });
    return making;
  }

  /** Frees what reading takes, once what is read with it now is read. */
  rest(): void {
    const { reader } = this;
    this.reader = undefined;
    reader?.then(
      (unused) => this.whenRead(() => unused.dispose()),
      () => undefined,
    );
  }

  /** Does it when all reads that have begun are over: at once where there are none. */
  whenRead(free: () => void): void {
    if (this.reads.size === 0) free();
    else Promise.allSettled(this.reads).then(free, () => undefined);
  }

  /** What is being read comes to its end, and nothing is read any more. */
  dispose(): void {
    this.isReplaced = true;
    this.rest();
    freeUnused();
  }
}

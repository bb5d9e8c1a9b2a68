import type { Architecture } from '../../domain/architecture/architecture.ts';
import { named, sizeOf } from '../../domain/architecture/shapes.ts';
import type { AugmentPlan } from '../../domain/augment/draw.ts';
import { gatherAugmented } from '../../domain/augment/gatherAugmented.ts';
import type { LabelledImages } from '../../domain/data/dataset.ts';
import type { TrainingPoint } from '../../domain/metrics/metrics.ts';
import type { Recipe } from '../../domain/recipe/recipe.ts';
import { gatherLabels, gatherScaled, type Scaling } from '../../domain/recipe/scaling.ts';
import { averageDecay } from '../../domain/recipe/schedule.ts';
import type { NamedTensor } from '../../domain/runs/run.ts';
import { tensorValues } from '../../engine/tfjs/tensorValues.ts';
import { tf } from '../../engine/tfjs/tf.ts';
import { assert, at } from '../../util/assert.ts';
import type { Inspected, Wanted } from '../reader.ts';
import type { Trainer } from '../trainer.ts';
import { Adam } from './adam.ts';
import { inspectImages, readImages } from './tapeReader.ts';
import { TfjsModel } from './tfjsModel.ts';
import { WeightAverages } from './weightAverages.ts';

/** Each keeps a tensor on the device. */
const MOST_UNREAD = 1024;

/** A trainer that lets tfjs record each step on its gradient tape; it runs on every engine of its. */
export class TapeTrainer implements Trainer {
  readonly mostUnread = MOST_UNREAD;
  private stepsDone = 0;
  private readonly trained: tf.Variable[];
  private readonly optimizer: Adam;
  private readonly averages: WeightAverages | undefined;
  /** Loss and accuracy of the steps that nobody has read yet, still on the device. */
  private unread: { step: number; figures: tf.Tensor1D }[] = [];

  private readonly model: TfjsModel;

  constructor(
    architecture: Architecture,
    private readonly images: LabelledImages,
    private readonly scaling: Scaling,
    private readonly recipe: Recipe,
    private readonly augment?: AugmentPlan,
  ) {
    this.model = new TfjsModel(architecture, { seed: recipe.seed, step: 0 });
    const names = this.model.trained.map(({ name }) => name);
    this.trained = this.model.trained.map(({ variable }) => variable);
    this.optimizer = new Adam(names, this.trained, recipe.weightDecay);
    if (recipe.averaging > 0) this.averages = new WeightAverages(names, this.trained);
  }

  get step(): number {
    return this.stepsDone;
  }

  trainStep(indices: Uint32Array, learningRate: number): void {
    this.averages?.putAway();
    this.model.clock.step = this.stepsDone;
    const figures = tf.tidy(() => {
      const { images, labels } = this.batch(indices);
      const { loss, accuracy, gradients } = this.differentiate(images, labels);
      this.optimizer.apply(gradients, learningRate);
      this.averages?.update(averageDecay(this.recipe.averaging, this.optimizer.updatesDone));
      return tf.stack([loss, accuracy]) as tf.Tensor1D;
    });
    this.stepsDone++;
    this.unread.push({ step: this.stepsDone, figures });
  }

  private batch(indices: Uint32Array): { images: tf.Tensor4D; labels: tf.Tensor2D } {
    const { height, width, channels } = this.images.shape;
    const values = new Float32Array(indices.length * sizeOf([height, width, channels]));
    this.gather(indices, values);
    const classes = this.model.architecture.classes;
    const labels = tf.tensor1d(Int32Array.from(gatherLabels(this.images, indices)), 'int32');
    return {
      images: tf.tensor4d(values, [indices.length, height, width, channels]),
      labels: tf.cast(tf.oneHot(labels, classes), 'float32') as tf.Tensor2D,
    };
  }

  private gather(indices: Uint32Array, out: Float32Array): void {
    const { images, scaling, augment } = this;
    if (augment) gatherAugmented(images, indices, augment, this.stepsDone, scaling, out);
    else gatherScaled(images, indices, scaling, out);
  }

  private differentiate(images: tf.Tensor4D, labels: tf.Tensor2D) {
    const kept: { accuracy?: tf.Scalar; loss?: tf.Scalar } = {};
    const { value, grads } = tf.variableGrads(() => {
      const logits = this.model.logits(images, true);
      const right = tf.equal(tf.argMax(logits, 1), tf.argMax(labels, 1));
      kept.accuracy = tf.keep(tf.mean(tf.cast(right, 'float32')) as tf.Scalar);
      kept.loss = tf.keep(tf.losses.softmaxCrossEntropy(labels, logits) as tf.Scalar);
      const { labelSmoothing } = this.recipe;
      if (labelSmoothing === 0) return kept.loss;
      const smoothed = tf.add(
        tf.mul(labels, 1 - labelSmoothing),
        labelSmoothing / this.model.architecture.classes,
      );
      return tf.losses.softmaxCrossEntropy(smoothed, logits) as tf.Scalar;
    }, this.trained);
    assert(kept.accuracy && kept.loss, 'the forward pass ran');
    const gradients = this.trained.map(({ name }) => {
      const gradient = grads[name];
      assert(gradient, `${name} has no gradient`);
      return gradient;
    });
    // `keep` took them out of the tape's scope; a clone is freed with the caller's.
    const [loss, accuracy] = [tf.clone(kept.loss), tf.clone(kept.accuracy)];
    tf.dispose([value, kept.loss, kept.accuracy]);
    return { loss, accuracy, gradients };
  }

  async readMetrics(): Promise<TrainingPoint[]> {
    const unread = this.unread;
    if (unread.length === 0) return [];
    this.unread = [];
    const all = tf.stack(unread.map(({ figures }) => figures));
    const values = await tensorValues(all);
    tf.dispose([all, ...unread.map(({ figures }) => figures)]);
    return unread.map(({ step }, i) => ({
      step,
      loss: at(values, 2 * i),
      accuracy: at(values, 2 * i + 1),
    }));
  }

  /** Every reading begins before the first is awaited: then whoever comes between swaps the variables. */
  async exportState(): Promise<NamedTensor[]> {
    this.averages?.putAway();
    const parts = await Promise.all([
      this.model.exportVariables(),
      this.optimizer.exportState(),
      this.averages?.exportState() ?? [],
    ]);
    return parts.flat();
  }

  async infer(images: Float32Array, count: number): Promise<Float32Array> {
    this.averages?.bringWeights();
    return readImages(this.model, images, count);
  }

  async inspect(wanted: Wanted, images: Float32Array, count: number): Promise<Inspected> {
    this.averages?.bringWeights();
    return inspectImages(this.model, wanted, images, count);
  }

  async exportWeights(only?: readonly string[]): Promise<NamedTensor[]> {
    this.averages?.bringWeights();
    return named(await this.model.exportVariables(), only);
  }

  importState(tensors: readonly NamedTensor[], step: number): void {
    this.averages?.importState(tensors);
    this.model.importWeights(tensors);
    this.optimizer.importState(tensors);
    this.stepsDone = step;
  }

  dispose(): void {
    tf.dispose(this.unread.map(({ figures }) => figures));
    this.unread = [];
    this.optimizer.dispose();
    this.averages?.dispose();
    this.model.dispose();
  }
}

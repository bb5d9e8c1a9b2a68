import type {
  Activation,
  ImageShape,
  Layer,
  Padding,
} from '../../domain/architecture/architecture.ts';
import { kindOf } from '../../domain/architecture/layer.ts';
import { windowGeometry } from '../../domain/architecture/window.ts';
import type { NamedTensor } from '../../domain/runs/run.ts';
import type { Phrase } from '../../util/errors.ts';
import { quoted } from '../text/quoted.ts';
import { MAX_FILE_BYTES } from '../weights/weightsFile.ts';
import { foldBatchNorm } from './foldBatchNorm.ts';
import { permuted } from './permute.ts';

/**
 * Makes our network out of what other programs' files say of theirs, layer by layer, from the image on. Weights
 * come in their layouts and lie in ours at the end. What cannot be said in our layers is a `Misfit`.
 */
export class Misfit extends Error {
  /** Texts come from outside, and are as long as it pleases whoever made the file. */
  readonly params: NonNullable<Phrase['params']>;

  constructor(
    readonly code: Phrase['code'],
    params: Readonly<Record<string, string | number>> = {},
  ) {
    super(code);
    this.params = Object.fromEntries(
      Object.entries(params).map(([name, value]) => {
        return [name, typeof value === 'string' ? quoted(value) : value];
      }),
    );
  }
}

/** Numbers in one order, with the extents that they are seen in. */
export interface Values {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/** Which axis of an image changes slowest: what PyTorch flattens, or what TensorFlow does. */
export type FlattenOrder = 'chw' | 'hwc';

export interface ConvSettings {
  readonly stride: number;
  readonly padding: Padding;
  readonly groups: number;
}

/** As many as a file may have that this page writes. */
export const MOST_WEIGHTS = MAX_FILE_BYTES / 4;
/** Numbers that may be written for each byte of a file, each of one byte turned, normalised and added to. */
const WRITES_PER_BYTE = 4;
/** Of layers that share weights: written in a tenth of a second. */
export const MOST_SHARED = 2 ** 24;

type Affine = Extract<Layer, { activation: Activation }>;
const isAffine = (layer: Layer | undefined): layer is Affine =>
  layer?.kind === 'conv2d' || layer?.kind === 'dense';

export class NetworkBuilder {
  private readonly built: Layer[] = [];
  private readonly weights = new Map<string, NamedTensor>();
  private readonly counts = new Map<string, number>();
  /** Weights, of all layers together. */
  private numbers = 0;
  /** Numbers that were written on the way, many of them again. */
  private written = 0;
  private order: FlattenOrder = 'hwc';
  /** What was flattened, until a dense layer has seen it. */
  private flattened: ImageShape | undefined;
  /** Of what the last layer gives: an image, or a row of units. */
  shape: readonly number[];

  /** @param fileBytes of the file that the weights are in, where its layers may share them */
  constructor(
    readonly input: ImageShape,
    private readonly fileBytes = Number.POSITIVE_INFINITY,
  ) {
    this.shape = [input.height, input.width, input.channels];
  }

  get layers(): readonly Layer[] {
    return this.built;
  }

  get tensors(): NamedTensor[] {
    return [...this.weights.values()];
  }

  /** To be called before as many numbers are written: one initializer may be the weights of very many layers. */
  spend({ values }: Pick<Values, 'values'>): void {
    this.written += values.length;
    const most = WRITES_PER_BYTE * this.fileBytes + MOST_SHARED;
    if (this.written > most) throw new Misfit('network.shared', { most: MOST_SHARED });
  }

  /** @param kernel out, in, height, width */
  conv(kernel: Values, bias: Values | undefined, { stride, padding, groups }: ConvSettings): void {
    const [filters = 0, inputs = 0, side = 0, width = 0] = kernel.shape;
    const channels = this.image().channels;
    if (side !== width) throw new Misfit('network.square', { size: `${side}x${width}` });
    if (inputs * groups !== channels || filters % groups !== 0) {
      throw new Misfit('network.inputs', { actual: inputs * groups, expected: channels });
    }
    this.spend(kernel);
    const name = this.named('conv');
    const window = { kernelSize: side, stride, padding, groups };
    this.push({ kind: 'conv2d', name, filters, ...window, activation: 'linear' });
    this.keep(permuted({ ...kernel, name: `${name}/kernel` }, [2, 3, 1, 0]));
    this.keepBias(name, bias, filters);
  }

  /** @param kernel in, out */
  dense(kernel: Values, bias: Values | undefined): void {
    const [inputs = 0, units = 0] = kernel.shape;
    const there = this.shape.length === 1 ? (this.shape[0] ?? 0) : Number.NaN;
    if (inputs !== there) throw new Misfit('network.inputs', { actual: inputs, expected: there });
    this.spend(kernel);
    const name = this.named('fc');
    const { flattened, order } = this;
    this.flattened = undefined;
    this.push({ kind: 'dense', name, units, activation: 'linear' });
    const tensor = { name: `${name}/kernel`, values: kernel.values };
    if (flattened && order === 'chw') {
      const { channels, height, width } = flattened;
      const seen = { ...tensor, shape: [channels, height, width, units] };
      this.keep({ ...permuted(seen, [1, 2, 0, 3]), shape: [inputs, units] });
    } else this.keep({ ...tensor, shape: kernel.shape });
    this.keepBias(name, bias, units);
  }

  /** A bias that comes later than its kernel: added to what is there. */
  addBias(bias: Values): void {
    const last = this.built.at(-1);
    if (!isAffine(last) || last.activation !== 'linear') throw new Misfit('network.addition');
    const tensor = this.weights.get(`${last.name}/bias`);
    if (!tensor || (bias.values.length !== 1 && bias.values.length !== tensor.values.length)) {
      const expected = tensor?.values.length ?? 0;
      throw new Misfit('network.inputs', { actual: bias.values.length, expected });
    }
    this.spend(tensor);
    const at = (i: number) => bias.values[bias.values.length === 1 ? 0 : i] ?? 0;
    this.keep({ ...tensor, values: tensor.values.map((value, i) => value + at(i)) });
  }

  /**
   * Behind the sums of a layer. It may come later than a maximum or a dropout, since max(f(x)) = f(max(x))
   * where f never falls. Normalisation between is taken into the weights, which is the same but to train on.
   */
  activate(activation: Exclude<Activation, 'linear'>): void {
    let at = this.built.length - 1;
    const kindAt = (index: number) => this.built[index]?.kind;
    while (kindAt(at) === 'maxPool' || kindAt(at) === 'dropout') at--;
    if (kindAt(at) === 'batchNorm') {
      const [norm] = this.built.splice(at, 1);
      at--;
      const layer = this.built[at];
      if (norm?.kind !== 'batchNorm' || !isAffine(layer) || layer.activation !== 'linear') {
        throw new Misfit('network.activation');
      }
      const kernel = this.weights.get(`${layer.name}/kernel`);
      if (kernel) this.spend(kernel);
      foldBatchNorm(this.weights, layer.name, norm);
    }
    const layer = this.built[at];
    if (!isAffine(layer) || layer.activation !== 'linear') throw new Misfit('network.activation');
    this.built[at] = { ...layer, activation };
  }

  pool(kind: 'maxPool' | 'avgPool', poolSize: number, stride: number, padding: Padding): void {
    this.image();
    this.push({ kind, name: this.named('pool'), poolSize, stride, padding });
  }

  lrn(depthRadius: number, bias: number, alpha: number, beta: number): void {
    this.image();
    this.push({ kind: 'lrn', name: this.named('norm'), depthRadius, bias, alpha, beta });
  }

  batchNorm(epsilon: number, parts: Readonly<Record<string, Values>>): void {
    const channels = this.shape.at(-1) ?? 0;
    if (this.flattened) throw new Misfit('network.flattenedNorm');
    const name = this.named('norm');
    for (const [part, { values }] of Object.entries(parts)) {
      if (values.length !== channels) {
        throw new Misfit('network.inputs', { actual: values.length, expected: channels });
      }
      this.keep({ name: `${name}/${part}`, shape: [channels], values });
    }
    this.push({ kind: 'batchNorm', name, momentum: 0.9, epsilon });
  }

  globalAveragePool(): void {
    this.image();
    this.push({ kind: 'globalAveragePool', name: this.named('average') });
  }

  flatten(order: FlattenOrder): void {
    if (this.shape.length === 1) return;
    this.flattened = this.image();
    this.order = order;
    this.push({ kind: 'flatten', name: this.named('flatten') });
  }

  /** Whether the order of the row that is there is that of a flattening, of more than pixels or channels alone. */
  get isFlattened(): boolean {
    const { height = 1, width = 1, channels = 1 } = this.flattened ?? {};
    return height * width > 1 && channels > 1;
  }

  dropout(rate: number): void {
    this.push({
      kind: 'dropout',
      name: this.named('drop'),
      rate: Math.min(0.95, Math.max(0, rate)),
    });
  }

  image(): ImageShape {
    const [height, width, channels] = this.shape;
    if (height === undefined || width === undefined || channels === undefined) {
      throw new Misfit('network.noImage');
    }
    return { height, width, channels };
  }

  /** Our word for so many zero pixels above, to the left, below and to the right. */
  paddingOf(pads: readonly number[], side: number, stride: number): Padding {
    if (pads.every((pixels) => pixels === 0)) return 'valid';
    const { height, width } = this.image();
    const [outHeight, outWidth] = [Math.ceil(height / stride), Math.ceil(width / stride)];
    const window = { side, stride, padding: 'same' } as const;
    const { padTop, padLeft } = windowGeometry(1, this.shape, [outHeight, outWidth], window);
    const behind = (size: number, out: number, before: number) =>
      Math.max(0, (out - 1) * stride + side - size) - before;
    const same = [
      ...[padTop, padLeft],
      ...[behind(height, outHeight, padTop), behind(width, outWidth, padLeft)],
    ];
    if (String(pads) === String(same)) return 'same';
    throw new Misfit('network.padding', { pads: pads.join(', '), same: same.join(', ') });
  }

  private push(layer: Layer): void {
    const shape = kindOf(layer).outputShape(layer, this.shape);
    if (!shape.every((extent) => Number.isSafeInteger(extent) && extent > 0)) {
      throw new Misfit('network.vanishes', { shape: this.shape.join('x') });
    }
    this.shape = shape;
    this.built.push(layer);
  }

  /** One initializer may be the weights of many layers, so that files are no measure of this. */
  private keep(tensor: NamedTensor): void {
    this.numbers += tensor.values.length - (this.weights.get(tensor.name)?.values.length ?? 0);
    if (this.numbers > MOST_WEIGHTS) throw new Misfit('network.large', { most: MOST_WEIGHTS });
    this.weights.set(tensor.name, tensor);
  }

  private keepBias(layer: string, bias: Values | undefined, units: number): void {
    const values = bias?.values ?? new Float32Array(units);
    if (values.length !== units) {
      throw new Misfit('network.inputs', { actual: values.length, expected: units });
    }
    this.keep({ name: `${layer}/bias`, shape: [units], values });
  }

  private named(kind: string): string {
    const count = (this.counts.get(kind) ?? 0) + 1;
    this.counts.set(kind, count);
    return `${kind}${count}`;
  }
}

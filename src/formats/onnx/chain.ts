import type { ImageShape } from '../../domain/architecture/architecture.ts';
import {
  type FlattenOrder,
  Misfit,
  NetworkBuilder,
  type Values,
} from '../exchange/networkBuilder.ts';
import { Attributes } from './attributes.ts';
import type { NodeProto } from './onnxSchema.ts';

/** How the axes of the image lie that goes through a graph, behind the batch. */
export type Axes = 'chw' | 'hwc';

/**
 * A graph on its way into our network: it has to be one chain, in which every node reads what the one before
 * it gave, and constants beside. Numbers that a graph makes of its own shapes are followed as what they are.
 */
export class Chain {
  readonly builder: NetworkBuilder;
  /** What the graph makes of its input before the first layer: `value = input * factor + shift`. */
  scaling = { factor: 1, shift: 0 };
  /** Set behind the softmax: nothing may follow it. */
  ended = false;
  /** Names of numbers that tell of shapes. */
  private readonly shapes = new Set<string>();

  constructor(
    readonly input: ImageShape,
    public axes: Axes,
    /** The names under which the last value goes. */
    private current: ReadonlySet<string>,
    readonly constants: Map<string, Values>,
    /** Of the whole file. */
    fileBytes: number,
  ) {
    this.builder = new NetworkBuilder(input, fileBytes);
  }

  /** The operands of a node: which of them are constant, and that another is the last value. */
  operandsOf(node: NodeProto): Operands {
    const flowing = node.input.filter((name) => name !== '' && !this.constants.has(name));
    const foreign = flowing.find((name) => !this.current.has(name) && !this.shapes.has(name));
    if (foreign !== undefined) throw new Misfit('onnx.branch', { value: foreign });
    const values = node.input.map((name) => this.constants.get(name));
    const flows = flowing.some((name) => this.current.has(name));
    return { values, flows, first: values.find((value) => value !== undefined), node };
  }

  constant(index: number, { values, node }: Operands): Values {
    const value = values[index];
    if (!value) throw new Misfit('onnx.constant', { value: node.input[index] ?? `#${index + 1}` });
    return value;
  }

  /** The node's first output is the last value from now on. Logits stay beside their probabilities. */
  goOn({ output }: NodeProto): void {
    this.current = new Set([...(this.ended ? this.current : []), ...output.slice(0, 1)]);
  }

  /** Whether this name is that of the last value. */
  isLast(name: string): boolean {
    return this.current.has(name);
  }

  noteShape({ output }: NodeProto): void {
    for (const name of output) this.shapes.add(name);
  }

  isShape(name: string): boolean {
    return this.shapes.has(name);
  }

  /** Windows and channels are those of images whose channels come first. */
  wantChannelsFirst(): void {
    if (this.builder.shape.length === 3 && this.axes !== 'chw')
      throw new Misfit('onnx.channelsLast');
  }

  flatten(): void {
    const order: FlattenOrder = this.axes;
    this.builder.flatten(order);
  }

  /** Before the first layer. */
  get isAtStart(): boolean {
    return this.builder.layers.length === 0;
  }

  attributesOf(node: NodeProto): Attributes {
    return new Attributes(node);
  }
}

export interface Operands {
  readonly node: NodeProto;
  /** Where it is constant, each operand. */
  readonly values: readonly (Values | undefined)[];
  /** Whether the last value is among them. */
  readonly flows: boolean;
  /** The only constant of an operator whose operands may change places. */
  readonly first: Values | undefined;
}

/** What a node does to the chain. */
export type Reader = (chain: Chain, operands: Operands, attributes: Attributes) => void;

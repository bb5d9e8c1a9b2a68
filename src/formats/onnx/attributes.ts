import { Misfit } from '../exchange/networkBuilder.ts';
import type { NodeProto } from './onnxSchema.ts';

/** What the attributes of a node say, and what they mean where they are silent. */
export class Attributes {
  private readonly byName;

  constructor(node: NodeProto) {
    this.byName = new Map(node.attribute.map((attribute) => [attribute.name, attribute]));
  }

  get(name: string) {
    return this.byName.get(name);
  }

  int(name: string, otherwise: number): number {
    const attribute = this.byName.get(name);
    return attribute ? Number(attribute.i) : otherwise;
  }

  float(name: string, otherwise: number): number {
    return this.byName.get(name)?.f ?? otherwise;
  }

  ints(name: string): number[] | undefined {
    return this.byName.get(name)?.ints.map(Number);
  }

  text(name: string): string {
    return new TextDecoder().decode(this.byName.get(name)?.s ?? new Uint8Array(0));
  }

  /** Of two extents that have to be one. */
  square(name: string, otherwise: number): number {
    const [height = otherwise, width = height] = this.ints(name) ?? [];
    if (height !== width) throw new Misfit('network.square', { size: `${height}x${width}` });
    return height;
  }

  /** An attribute that has to be this, or is not there. */
  only(name: string, value: number): void {
    const attribute = this.byName.get(name);
    if (!attribute) return;
    const numbers = attribute.ints.length > 0 ? attribute.ints.map(Number) : [this.numberOf(name)];
    const other = numbers.find((number) => number !== value);
    if (other !== undefined) {
      throw new Misfit('onnx.attribute', { name, actual: other, expected: value });
    }
  }

  private numberOf(name: string): number {
    const attribute = this.byName.get(name);
    return attribute ? attribute.f || Number(attribute.i) : 0;
  }
}

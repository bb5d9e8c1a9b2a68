import { create } from '@bufbuild/protobuf';
import {
  type AttributeProto,
  AttributeProtoSchema,
  AttributeProto_AttributeType as AttributeType,
  TensorProto_DataType as DataType,
  type NodeProto,
  NodeProtoSchema,
  type TensorProto,
  TensorProtoSchema,
  type ValueInfoProto,
  ValueInfoProtoSchema,
} from './onnxSchema.ts';

/** The messages of an ONNX file, made from what they say. */

/** `float(x)` where ONNX wants a float; a plain number is an integer. */
export interface FloatAttribute {
  readonly float: number;
}
export type AttributeValue = number | readonly number[] | FloatAttribute;

export const float = (value: number): FloatAttribute => ({ float: value });

export function node(
  opType: string,
  name: string,
  input: readonly string[],
  output: string,
  attributes: Readonly<Record<string, AttributeValue>> = {},
): NodeProto {
  return create(NodeProtoSchema, {
    ...{ opType, name, input: [...input], output: [output] },
    attribute: Object.entries(attributes).map(([key, value]) => attribute(key, value)),
  });
}

function attribute(name: string, value: AttributeValue): AttributeProto {
  if (typeof value === 'number') {
    return create(AttributeProtoSchema, { name, type: AttributeType.INT, i: BigInt(value) });
  }
  if ('float' in value) {
    return create(AttributeProtoSchema, { name, type: AttributeType.FLOAT, f: value.float });
  }
  return create(AttributeProtoSchema, { name, type: AttributeType.INTS, ints: value.map(BigInt) });
}

/** Raw data are little-endian, as every platform of this page is. */
export function floatTensor(
  name: string,
  shape: readonly number[],
  values: Float32Array,
): TensorProto {
  return create(TensorProtoSchema, {
    ...{ name, dataType: DataType.FLOAT, dims: shape.map(BigInt) },
    rawData: new Uint8Array(values.buffer as ArrayBuffer, values.byteOffset, values.byteLength),
  });
}

/** A value at the border of the graph; a text in its shape is an extent that is left open. */
export function valueInfo(
  name: string,
  elemType: DataType,
  shape: readonly (number | string)[],
): ValueInfoProto {
  const dim = shape.map((extent) => ({
    value:
      typeof extent === 'string'
        ? { case: 'dimParam' as const, value: extent }
        : { case: 'dimValue' as const, value: BigInt(extent) },
  }));
  return create(ValueInfoProtoSchema, {
    name,
    type: { value: { case: 'tensorType', value: { elemType, shape: { dim } } } },
  });
}

import { create, toBinary } from '@bufbuild/protobuf';
import {
  AttributeProtoSchema,
  AttributeProto_AttributeType as AttributeType,
  TensorProto_DataType as DataType,
  ModelProtoSchema,
  type NodeProto,
  type TensorProto,
  TensorProtoSchema,
} from '../../src/formats/onnx/onnxSchema.ts';
import { node, valueInfo } from '../../src/formats/onnx/protos.ts';
import { normals } from '../../src/util/random.ts';

/**
 * A small network as other programs write it: channels first, floats from 0 to 1 in, names of their own,
 * normalisation between sums and ReLU, products and sums apart, log-probabilities out.
 */

/** In which field, and as which type, the numbers stand. */
export const encodings = ['raw', 'floats', 'halves', 'doubles', 'constants'] as const;
/** By what the image becomes a row. */
export const flattenings = ['Flatten', 'Reshape', 'shape of itself', 'channels last'] as const;

export interface ForeignStyle {
  readonly encoding: (typeof encodings)[number];
  readonly flattening: (typeof flattenings)[number];
}

export const foreignClasses = 10;

export function foreignGraph({ encoding, flattening }: ForeignStyle): Uint8Array {
  const tensors: TensorProto[] = [];
  const nodes: NodeProto[] = [];
  const add = (name: string, shape: readonly number[], scale: number, shift = 0) => {
    const size = shape.reduce((product, extent) => product * extent, 1);
    const values = normals(3, 50, tensors.length, size).map(
      (value) => Math.round((value * scale + shift) * 256) / 256,
    );
    const dims = shape.map(BigInt);
    tensors.push(
      create(TensorProtoSchema, { name, dims, dataType: DataType.FLOAT, floatData: [...values] }),
    );
    return name;
  };
  const whole = (name: string, ...numbers: number[]) => {
    const int64Data = numbers.map(BigInt);
    const dims = [BigInt(numbers.length)];
    tensors.push(create(TensorProtoSchema, { name, dims, dataType: DataType.INT64, int64Data }));
    return name;
  };
  const step = (opType: string, input: string[], output: string, more = {}) =>
    nodes.push(node(opType, `/${output}/${opType}`, input, output, more));

  step('Conv', ['x', add('features.0.weight', [8, 1, 3, 3], 0.4)], 'c1', {
    ...{ pads: [1, 1, 1, 1], kernel_shape: [3, 3], strides: [1, 1], dilations: [1, 1], group: 1 },
  });
  const statistics = [
    ...[add('features.1.weight', [8], 0.1, 1), add('features.1.bias', [8], 0.1)],
    ...[add('features.1.mean', [8], 0.1), add('features.1.var', [8], 0.01, 1)],
  ];
  step('BatchNormalization', ['c1', ...statistics], 'n1');
  step('Relu', ['n1'], 'r1');
  step('MaxPool', ['r1'], 'p1', { kernel_shape: [2, 2], strides: [2, 2] });
  step('Conv', ['p1', add('conv2', [12, 4, 5, 5], 0.2)], 'c2', { group: 2 });
  step('Add', ['c2', add('conv2.b', [1, 12, 1, 1], 0.1)], 'b2');
  step('AveragePool', ['b2'], 'p2', { kernel_shape: [2, 2], strides: [2, 2] });
  // Its window is wider than its steps, so that it matters where it begins.
  step('Conv', ['p2', add('conv3', [6, 12, 2, 2], 0.2), add('conv3.b', [6], 0.1)], 'c3', {
    ...{ strides: [2, 2], kernel_shape: [2, 2], pads: [0, 0, 1, 1] },
  });
  step('Tanh', ['c3'], 't3');
  if (flattening === 'channels last') step('Transpose', ['t3'], 'last', { perm: [0, 2, 3, 1] });
  const image = flattening === 'channels last' ? 'last' : 't3';
  if (flattening === 'Reshape') step('Reshape', [image, whole('to', -1, 54)], 'f');
  else if (flattening === 'shape of itself') {
    step('Shape', [image], 's');
    step('Gather', ['s', whole('first', 0)], 'batch', { axis: 0 });
    step('Concat', ['batch', whole('rest', -1)], 'row', { axis: 0 });
    step('Reshape', [image, 'row'], 'f');
  } else step('Flatten', [image], 'f', { axis: 1 });
  step('MatMul', ['f', add('fc1', [54, 20], 0.3)], 'm1');
  step('Add', [add('fc1.b', [20], 0.1), 'm1'], 'a1');
  step('Relu', ['a1'], 'r4');
  const last = ['r4', add('fc2', [foreignClasses, 20], 0.3), add('fc2.b', [foreignClasses], 0.1)];
  step('Gemm', last, 'logits', { transB: 1 });
  step('LogSoftmax', ['logits'], 'y', { axis: 1 });

  const held = tensors.map((tensor) => heldBy(tensor, encoding));
  const proto = create(ModelProtoSchema, {
    irVersion: 8n,
    opsetImport: [{ domain: '', version: 17n }],
    producerName: 'another program',
    graph: {
      name: 'net',
      input: [valueInfo('x', DataType.FLOAT, ['batch', 1, 28, 28])],
      output: ['y', 'logits'].map((name) =>
        valueInfo(name, DataType.FLOAT, ['batch', foreignClasses]),
      ),
      initializer: held.flatMap(({ initializer = [] }) => initializer),
      node: [...held.flatMap((one) => one.nodes), ...nodes],
    },
  });
  return toBinary(ModelProtoSchema, proto);
}

interface Held {
  readonly initializer?: TensorProto[];
  readonly nodes: NodeProto[];
}

/** The numbers of a tensor as this encoding has them, and what makes floats of them again. */
function heldBy(tensor: TensorProto, encoding: ForeignStyle['encoding']): Held {
  const { name, dims, floatData } = tensor;
  if (tensor.dataType === DataType.INT64) return { initializer: [tensor], nodes: [] };
  const as = (more: object) => create(TensorProtoSchema, { name, dims, ...more });
  const converted = (more: object): Held => ({
    initializer: [{ ...as(more), name: `${name} as it is kept` }],
    nodes: [node('Cast', `cast ${name}`, [`${name} as it is kept`], name, { to: DataType.FLOAT })],
  });
  switch (encoding) {
    case 'floats':
      return { initializer: [tensor], nodes: [] };
    case 'raw': {
      const rawData = new Uint8Array(Float32Array.from(floatData).buffer);
      return { initializer: [as({ dataType: DataType.FLOAT, rawData })], nodes: [] };
    }
    case 'constants': {
      const attribute = create(AttributeProtoSchema, {
        ...{ name: 'value', type: AttributeType.TENSOR, t: tensor },
      });
      return { nodes: [{ ...node('Constant', name, [], name), attribute: [attribute] }] };
    }
    case 'halves':
      return converted({ dataType: DataType.FLOAT16, int32Data: floatData.map(halfBits) });
    case 'doubles':
      return converted({ dataType: DataType.DOUBLE, doubleData: floatData });
  }
}

/** Of a number that a half holds: a multiple of 1/256 below 8. */
function halfBits(value: number): number {
  if (value === 0) return 0;
  const exponent = Math.floor(Math.log2(Math.abs(value)));
  const fraction = (Math.abs(value) / 2 ** exponent - 1) * 1024;
  return (value < 0 ? 0x8000 : 0) | ((exponent + 15) << 10) | Math.round(fraction);
}

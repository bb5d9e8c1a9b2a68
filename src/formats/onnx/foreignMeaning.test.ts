import { create, toBinary } from '@bufbuild/protobuf';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { sizeOf } from '../../domain/architecture/shapes.ts';
import { ClassNameSchema, mendedClassNames } from '../../domain/data/classNames.ts';
import { normals } from '../../util/random.ts';
import type { PortableModel } from '../weights/portableModel.ts';
import {
  TensorProto_DataType as DataType,
  ModelProtoSchema,
  type NodeProto,
  TensorProtoSchema,
} from './onnxSchema.ts';
import { floatTensor, node, valueInfo } from './protos.ts';
import { readOnnx } from './readOnnx.ts';

/** What the graph of another program means is what onnxruntime would compute, or it is refused. */

type Shapes = Readonly<Record<string, readonly number[]>>;
interface Graph {
  readonly nodes: readonly NodeProto[];
  /** Of floats, drawn by chance. */
  readonly weights: Shapes;
  readonly scalars?: Readonly<Record<string, number>>;
  readonly outputs?: readonly string[];
  readonly classes?: readonly string[];
}

function read({ nodes, weights, scalars = {}, outputs = ['y'], classes }: Graph) {
  const floats = Object.entries(weights).map(([name, shape], i) =>
    floatTensor(name, shape, normals(5, 50, i, sizeOf(shape))),
  );
  const numbers = Object.entries(scalars).flatMap(([name, value]) => [
    floatTensor(name, [], Float32Array.of(value)),
    create(TensorProtoSchema, {
      ...{ name: `${name} whole`, dataType: DataType.INT64, dims: [1n], int64Data: [BigInt(1)] },
    }),
  ]);
  const proto = create(ModelProtoSchema, {
    irVersion: 8n,
    ...(classes && { metadataProps: [{ key: 'classes', value: JSON.stringify(classes) }] }),
    graph: {
      node: [...nodes],
      initializer: [...floats, ...numbers],
      input: [valueInfo('x', DataType.FLOAT, ['N', 1, 16, 16])],
      output: outputs.map((name) => valueInfo(name, DataType.FLOAT, ['N', 10])),
    },
  });
  return readOnnx('theirs.onnx', toBinary(ModelProtoSchema, proto));
}

const weights: Shapes = { w1: [16, 1, 3, 3], w2: [10, 4096], b2: [10] };
const conv = (input = 'x') => node('Conv', 'conv', [input, 'w1'], 'c', { pads: [1, 1, 1, 1] });
const end = (input = 'c') => [
  node('Flatten', 'flat', [input], 'f'),
  node('Gemm', 'fc', ['f', 'w2', 'b2'], 'y', { transB: 1 }),
];
const plain = { nodes: [conv(), ...end()], weights };

const signOf = ({ tensors, scaling, architecture }: PortableModel) => ({
  ...{ scaling, architecture },
  tensors: tensors.map(({ name, values }) => [name, Buffer.from(values.buffer).toString('hex')]),
});

/** Beside the chain, and used by nothing in it. */
const besides: Readonly<Record<string, readonly NodeProto[]>> = {
  'sums of shapes': [
    node('Shape', 's', ['x'], 's'),
    node('Gather', 'g', ['s', 'one whole'], 'g', { axis: 0 }),
    node('Add', 'a', ['g', 'one'], 'a'),
    node('Mul', 'm', ['g', 'one'], 'm'),
    node('Unsqueeze', 'u', ['a'], 'u'),
  ],
  'sums of constants': [node('Add', 'a', ['one', 'one'], 'a'), node('Mul', 'm', ['a', 'one'], 'm')],
  'functions of constants': [
    node('Relu', 'r', ['one'], 'r'),
    node('Conv', 'k', ['w1', 'w1'], 'k'),
    node('Softmax', 'e', ['one'], 'e'),
  ],
};

describe('numbers beside the chain', () => {
  it.each(Object.entries(besides))('change nothing in it: %s', (_, nodes) => {
    const scalars = { one: 3 };
    const known = signOf(read(plain));
    for (const place of [0, 1, 3]) {
      const all = [...plain.nodes.slice(0, place), ...nodes, ...plain.nodes.slice(place)];
      expect(signOf(read({ nodes: all, weights, scalars }))).toEqual(known);
    }
  });

  it.each(['Slice', 'Gather', 'Concat', 'Unsqueeze'])('are no part of the value: %s', (opType) => {
    const nodes = [conv(), node(opType, 'part', ['c'], 'p'), ...end('p')];
    expect(() => read({ nodes, weights })).toThrow('The node part');
  });
});

describe('a cast', () => {
  const behindConv = (to: DataType) => [
    conv(),
    node('Cast', 'cast', ['c'], 'd', { to }),
    ...end('d'),
  ];

  it('to another kind of float changes nothing', () => {
    for (const to of [DataType.FLOAT, DataType.DOUBLE]) {
      expect(signOf(read({ nodes: behindConv(to), weights }))).toEqual(signOf(read(plain)));
    }
  });

  it('to whole numbers is refused, since they are others', () => {
    for (const to of [DataType.INT32, DataType.INT64, DataType.UINT8, DataType.BOOL]) {
      const nodes = behindConv(to);
      expect(() => read({ nodes, weights })).toThrow('it cuts fractions off the values');
    }
  });

  it('of a constant to whole numbers gives these', () => {
    const nodes = [
      node('Cast', 'cast', ['k'], 'whole', { to: DataType.INT32 }),
      node('Mul', 'scale', ['x', 'whole'], 's'),
      conv('s'),
      ...end(),
    ];
    expect(read({ nodes, weights, scalars: { k: 2.75 } }).scaling.factor).toBeCloseTo(2 / 255);
  });
});

describe('names of classes', () => {
  it('are made to keep the rule that those of every entrance keep', () => {
    const names = ['\u202egnp', 'a\u0000b', 'x'.repeat(70_000), 'x'.repeat(70_000), '', '  5 '];
    const classes = [...names, '6', '7', '8', '9'];
    const { classNames } = read({ ...plain, classes });
    expect(classNames).toEqual(mendedClassNames(classes));
    for (const name of classNames) expect(v.parse(ClassNameSchema, name)).toBe(name);
    expect(new Set(classNames).size).toBe(10);
  });
});

describe('a bias that comes later', () => {
  const biased = (shape: readonly number[], image = true) =>
    image
      ? { nodes: [conv(), node('Add', 'bias', ['c', 'b'], 'd'), ...end('d')], shape }
      : { nodes: [...plain.nodes.slice(0, 2), ...addBehindDense], shape };
  const addBehindDense = [
    node('Gemm', 'fc', ['f', 'w2', 'b2'], 'z', { transB: 1 }),
    node('Add', 'bias', ['b', 'z'], 'y'),
  ];
  const turned = [
    node('Transpose', 'turn', ['c'], 't', { perm: [0, 2, 3, 1] }),
    node('Add', 'bias', ['t', 'b'], 'd'),
  ];
  const channelsLast = (shape: readonly number[]) => ({
    ...{ nodes: [conv(), ...turned, ...end('d')], shape },
  });
  // A convolution with 16 filters of 16x16 pixels: its axes cannot be told apart by how long they are.
  it.each([
    ['by filter', biased([16, 1, 1]), true],
    ['by filter of a batch', biased([1, 16, 1, 1]), true],
    ['by column', biased([16]), false],
    ['by row', biased([16, 1]), false],
    ['by image', biased([16, 1, 1, 1]), false],
    ['by filter of channels that come last', channelsLast([16]), true],
    ['by row of channels that come last', channelsLast([16, 1, 1]), false],
    ['by unit', biased([10], false), true],
    ['by unit of a batch', biased([1, 10], false), true],
    ['by image of a row', biased([10, 1], false), false],
  ])('is one for each channel: %s', (_, { nodes, shape }, fits) => {
    const reading = () => read({ nodes, weights: { ...weights, b: shape } });
    if (!fits) expect(reading).toThrow('which are not one for each channel');
    else expect(reading().tensors.map(({ name }) => name)).toContain('conv1/bias');
  });
});

describe('the end of a graph', () => {
  it('is what its output names', () => {
    const tail = [...plain.nodes, node('Relu', 'late', ['y'], 'z')];
    expect(() => read({ ...plain, nodes: tail, outputs: ['y'] })).toThrow('its output y is not');
    const softmax = [...plain.nodes, node('Softmax', 'soft', ['y'], 'p')];
    for (const output of ['y', 'p']) {
      expect(read({ ...plain, nodes: softmax, outputs: [output] }).classNames).toHaveLength(10);
    }
  });

  it('is no flattened image of several channels, whose order would be another here', () => {
    const window = { kernel_shape: [8, 8], strides: [8, 8] };
    const nodes = [
      node('Conv', 'conv', ['x', 'w1'], 'c', window),
      node('Flatten', 'flat', ['c'], 'y'),
    ];
    const ending = (filters: number) => () => read({ nodes, weights: { w1: [filters, 1, 8, 8] } });
    expect(ending(3)).toThrow('it ends in the pixels of several channels');
    expect(ending(1)().architecture.classes).toBe(4);
  });
});

describe('the scaling of floats', () => {
  const scaled = (operators: readonly (readonly [string, number])[]) => {
    const scalars = Object.fromEntries(operators.map(([, number], i) => [`k${i}`, number]));
    const nodes = operators.map(([opType], i) =>
      node(opType, `n${i}`, [i === 0 ? 'x' : `v${i - 1}`, `k${i}`], `v${i}`),
    );
    const last = operators.length === 0 ? 'x' : `v${operators.length - 1}`;
    return read({ weights, scalars, nodes: [...nodes, conv(last), ...end()] }).scaling;
  };
  // What the bytes 0 and 255 are to become.
  it.each<[string, readonly (readonly [string, number])[], number, number]>([
    ['none', [], 0, 1],
    ['bytes to 0 to 1', [['Div', 255]], 0, 1],
    [
      'bytes to -1 to 1',
      [
        ['Div', 127.5],
        ['Sub', 1],
      ],
      -1,
      1,
    ],
    ['bytes less their mean', [['Sub', 120]], -120, 135],
    [
      'bytes by mean and deviation',
      [
        ['Sub', 33.32],
        ['Mul', 1 / 78.57],
      ],
      -0.424,
      2.821,
    ],
    [
      '0 to 1 by mean and deviation',
      [
        ['Sub', 0.1307],
        ['Div', 0.3081],
      ],
      -0.424,
      2.821,
    ],
    [
      '0 to 1 to -1 to 1',
      [
        ['Mul', 2],
        ['Sub', 1],
      ],
      -1,
      1,
    ],
  ])('is that of bytes where the graph scales bytes: %s', (_, operators, black, white) => {
    const { offset, factor } = scaled(operators);
    expect((0 - offset) * factor).toBeCloseTo(black, 2);
    expect((255 - offset) * factor).toBeCloseTo(white, 2);
  });
});

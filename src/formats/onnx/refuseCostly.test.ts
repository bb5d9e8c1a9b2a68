import { create, toBinary } from '@bufbuild/protobuf';
import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Misfit, MOST_SHARED } from '../exchange/networkBuilder.ts';
import {
  TensorProto_DataType as DataType,
  ModelProtoSchema,
  type NodeProto,
  type TensorProto,
  TensorProtoSchema,
} from './onnxSchema.ts';
import { floatTensor, node, valueInfo } from './protos.ts';
import { readOnnx } from './readOnnx.ts';
import { MOST_FIELDS, MOST_LIST_BYTES } from './refuseCostly.ts';
import { WholeNumbers } from './tensorData.ts';

afterEach(() => vi.restoreAllMocks());

/** Field numbers of the official schema. */
const GRAPH = 7;
const GRAPH_PARTS = { node: 1, initializer: 5, input: 11 };
const INT64_DATA = 7;

const message = (number: number, bytes: Uint8Array) =>
  new BinaryWriter().tag(number, WireType.LengthDelimited).bytes(bytes).finish();
/** A model whose graph is this. */
const graph = (bytes: Uint8Array) => Buffer.concat([Uint8Array.of(8, 8), message(GRAPH, bytes)]);

describe('an ONNX file that costs more than its size', () => {
  it.each(Object.entries(GRAPH_PARTS))('of empty parts is refused: %s', (_, number) => {
    const empty = message(number, new Uint8Array(0));
    const parts = new Uint8Array(empty.length * (MOST_FIELDS + 1));
    for (let i = 0; i < parts.length; i += empty.length) parts.set(empty, i);
    expect(() => readOnnx('bomb.onnx', graph(parts))).toThrow(
      `bomb.onnx cannot be read as ONNX: it consists of more than ${MOST_FIELDS} parts`,
    );
  });

  it('of a list of small numbers is refused', () => {
    // Of 64 bits: a byte each in the file, and an object each in memory.
    const list = message(INT64_DATA, new Uint8Array(MOST_LIST_BYTES / 32 + 1));
    expect(() => readOnnx('bomb.onnx', graph(message(GRAPH_PARTS.initializer, list)))).toThrow(
      `its lists of numbers would take more than ${MOST_LIST_BYTES} bytes of memory`,
    );
  });

  const shared = (nodes: NodeProto[], constants: TensorProto[], last?: string) => {
    const graph = {
      input: [valueInfo('x', DataType.FLOAT, ['N', 1, 16, 16])],
      ...{ initializer: constants, node: nodes },
      output: last === undefined ? [] : [valueInfo(last, DataType.FLOAT, ['N', 100])],
    };
    return toBinary(ModelProtoSchema, create(ModelProtoSchema, { graph }));
  };
  const range = <T>(count: number, make: (i: number) => T) =>
    Array.from({ length: count }, (_, i) => make(i));
  const zeros = (name: string, shape: number[]) =>
    floatTensor(name, shape, new Float32Array(shape.reduce((a, b) => a * b, 1)));

  // What the file holds is small in each, and what comes of it is a thousand times as much.
  it.each([
    [
      'kernels',
      [zeros('f', [256, 1, 1, 1]), zeros('k', [256, 256, 1, 1])],
      range(900, (i) => node('Conv', `c${i}`, [i ? `v${i - 1}` : 'x', i ? 'k' : 'f'], `v${i}`)),
    ],
    [
      'matrices',
      [zeros('f', [256, 512]), zeros('k', [512, 512])],
      [
        node('Flatten', 'f', ['x'], 'v'),
        node('Gemm', 'g', ['v', 'f'], 'v0'),
        ...range(900, (i) => node('Gemm', `g${i}`, [`v${i}`, 'k'], `v${i + 1}`, { transB: 1 })),
      ],
    ],
    [
      'added numbers',
      [zeros('f', [256, 1]), zeros('k', [1, 2 ** 18]), zeros('one', [1])],
      [
        node('Flatten', 'f', ['x'], 'v'),
        node('Gemm', 'g', ['v', 'f'], 'w'),
        node('Gemm', 'h', ['w', 'k'], 'v0'),
        ...range(990, (i) => node('Add', `a${i}`, [`v${i}`, 'one'], `v${i + 1}`)),
      ],
    ],
    [
      'numbers that scale images',
      [zeros('k', [2 ** 18])],
      range(900, (i) => node('Add', `a${i}`, [i ? `v${i - 1}` : 'x', 'k'], `v${i}`)),
    ],
  ])('has what its nodes share counted as often as they use it: %s', (_, constants, nodes) => {
    expect(() => readOnnx('bomb.onnx', shared(nodes, constants))).toThrow(
      `its layers share the same weights, more than ${MOST_SHARED} of them beyond what the file holds`,
    );
  });

  it.each([
    ['one constant', (_: number) => 'k'],
    ['one another', (i: number) => (i ? `k${i - 1}` : 'k')],
  ])('has one copy made of what its nodes cast: %s', (_, castOf) => {
    const copies = vi.spyOn(Float32Array.prototype, 'map');
    const casts = range(900, (i) =>
      node('Cast', `c${i}`, [castOf(i)], `k${i}`, { to: i % 2 ? DataType.INT64 : DataType.INT32 }),
    );
    const layers = [
      node('Flatten', 'f', ['x'], 'v'),
      node('Gemm', 'g', ['v', 'k899'], 'y', { transB: 1 }),
    ];
    const kernel = zeros('k', [100, 256]);
    const { tensors } = readOnnx('cast.onnx', shared([...casts, ...layers], [kernel], 'y'));
    expect(tensors.map(({ values }) => values.length)).toEqual([25_600, 100]);
    const large = copies.mock.results.filter(({ value }) => value.length === 25_600);
    expect(large).toHaveLength(1);
  });

  it('has a cast counted before it is made', () => {
    const [copies, values] = [vi.spyOn(Float32Array.prototype, 'map'), new Float32Array(8)];
    const wholes = new WholeNumbers(() => {
      throw new Misfit('network.shared');
    });
    expect(() => wholes.of({ shape: [8], values })).toThrow('network.shared');
    expect(copies).not.toHaveBeenCalled();
  });

  it('of a byte a weight is refused before any is read', () => {
    // Far less in the file: what it says is refused, whether it is there or not.
    const tensors = Array.from({ length: 3 }, (_, i) =>
      create(TensorProtoSchema, {
        ...{ name: `w${i}`, dataType: DataType.INT8, dims: [2n ** 26n] },
        rawData: new Uint8Array(1),
      }),
    );
    const proto = create(ModelProtoSchema, {
      graph: { initializer: tensors, node: [node('Relu', 'r', ['x'], 'y')] },
    });
    expect(() => readOnnx('bomb.onnx', toBinary(ModelProtoSchema, proto))).toThrow(
      'its layers have more than 134217728 weights together',
    );
  });

  it('is told by a sentence of a few words, however long its names', () => {
    const long = 'x'.repeat(1e6);
    const proto = create(ModelProtoSchema, {
      graph: {
        input: [valueInfo(long, DataType.FLOAT, ['N', 1, 1, 1])],
        node: [node('Relu', long, [long], long)],
      },
    });
    const read = () => readOnnx('long.onnx', toBinary(ModelProtoSchema, proto));
    expect(read).toThrow(/^.{1,400}$/);
  });
});

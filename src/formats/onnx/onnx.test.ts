import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalizations } from '../../domain/architecture/architecture.ts';
import { at } from '../../util/assert.ts';
import { expectSafe, fuzzRuns, mutationsOf, noteInputs } from '../testing/fuzz.ts';
import { tinyModel } from '../testing/tinyModel.ts';
import { exportModel } from '../weights/exportModel.ts';
import { importModel } from '../weights/importModel.ts';
import { ModelProtoSchema, NodeProtoSchema, TensorProto_DataLocation } from './onnxSchema.ts';
import { readOnnx } from './readOnnx.ts';
import { writeOnnx } from './writeOnnx.ts';

const variants = normalizations.map((normalization) => tinyModel('alexnet', 3, {}, normalization));

/** A file of ours that says nothing of itself, so that it is read by its graph. */
function anonymous(
  bytes: Uint8Array,
  change: (proto: ReturnType<typeof protoOf>) => void = () => {},
) {
  const proto = protoOf(bytes);
  proto.metadataProps = [];
  change(proto);
  return toBinary(ModelProtoSchema, proto);
}
const protoOf = (bytes: Uint8Array) => fromBinary(ModelProtoSchema, bytes);
const bitsOf = (tensors: readonly { values: Float32Array }[]) =>
  tensors.map(({ values }) =>
    Buffer.from(values.buffer, values.byteOffset, values.byteLength).toString('base64'),
  );

describe('a model as ONNX', () => {
  it.each([...variants, tinyModel('lenet5')])(
    'comes back bit by bit, with all that belongs to it',
    async (model) => {
      const { name, bytes } = await exportModel(model, 'onnx');
      const back = await importModel(name, bytes);
      expect({ ...back, tensors: [] }).toEqual({ ...model, tensors: [] });
      expect(bitsOf(back.tensors)).toEqual(bitsOf(model.tensors));
    },
  );

  it.each([...variants, tinyModel('lenet5')])(
    'is understood by its graph alone, to the bit',
    (model) => {
      const back = readOnnx('theirs.onnx', anonymous(writeOnnx(model)));
      expect(back.architecture).toMatchObject({ id: 'imported', classes: 10 });
      expect(bitsOf(back.tensors)).toEqual(bitsOf(model.tensors));
      expect(back.scaling.factor).toBeCloseTo(model.scaling.factor, 8);
      // Written again it says what it is.
      const again = readOnnx('again.onnx', writeOnnx(back));
      expect(again.architecture).toEqual(back.architecture);
      expect(bitsOf(again.tensors)).toEqual(bitsOf(model.tensors));
    },
  );
});

describe('an ONNX file that cannot be run here', () => {
  const bytes = writeOnnx(tinyModel('lenet5'));
  const refusal = (change: Parameters<typeof anonymous>[1]) => () =>
    readOnnx('net.onnx', anonymous(bytes, change));
  const nodeOf = (proto: ReturnType<typeof protoOf>, opType: string) =>
    at(proto.graph?.node.filter((one) => one.opType === opType) ?? [], 0);

  it.each<[string, Parameters<typeof anonymous>[1], string]>([
    [
      'an operator',
      (proto) => {
        nodeOf(proto, 'Tanh').opType = 'Mish';
      },
      'net.onnx has the operator Mish at the node conv1, which this page does not run',
    ],
    [
      'an operator of another domain',
      (proto) => {
        nodeOf(proto, 'Tanh').domain = 'com.example';
      },
      'the operator Tanh at the node conv1',
    ],
    [
      'a branch',
      (proto) => {
        at(nodeOf(proto, 'AveragePool').input, 0);
        nodeOf(proto, 'AveragePool').input = ['images'];
      },
      'The node pool1 (AveragePool) of net.onnx does not fit: it reads images',
    ],
    [
      'two values',
      (proto) => {
        nodeOf(proto, 'AveragePool').opType = 'Add';
      },
      'The node pool1 (Add) of net.onnx does not fit: it joins two values',
    ],
    [
      'a dilation',
      (proto) => {
        nodeOf(proto, 'Conv').attribute.push({
          ...at(nodeOf(proto, 'Conv').attribute, 0),
          name: 'dilations',
          ints: [2n, 2n],
        });
      },
      'dilations is 2, where 1 was expected',
    ],
    [
      'padding of another kind',
      (proto) => {
        for (const one of nodeOf(proto, 'Conv').attribute)
          if (one.name === 'pads') one.ints = [4n, 0n, 0n, 4n];
      },
      'it pads by 4, 0, 0, 4, where none or 2, 2, 2, 2 is run',
    ],
    [
      'weights elsewhere',
      (proto) => {
        at(proto.graph?.initializer ?? [], 2).dataLocation = TensorProto_DataLocation.EXTERNAL;
      },
      'the numbers of conv1/kernel lie in another file',
    ],
    [
      'too few numbers',
      (proto) => {
        at(proto.graph?.initializer ?? [], 2).rawData = new Uint8Array(4);
      },
      'conv1/kernel has 1 numbers where its shape has 150',
    ],
    [
      'something behind the softmax',
      (proto) => {
        proto.graph?.node.push(
          create(NodeProtoSchema, {
            opType: 'Relu',
            name: 'late',
            input: ['probabilities'],
            output: ['y'],
          }),
        );
      },
      'The node late (Relu) of net.onnx does not fit: it comes behind the softmax',
    ],
    [
      'no graph',
      (proto) => {
        proto.graph = undefined;
      },
      'net.onnx cannot be read as ONNX: it has no graph',
    ],
  ])('for %s is told so', (_, change, sentence) => {
    expect(refusal(change)).toThrow(sentence);
  });

  it('ends in a sentence or a model, whatever was altered', ({ task }) => {
    const own = writeOnnx(tinyModel('lenet5'));
    const foreign = anonymous(own);
    for (const file of [own, foreign]) {
      // Weights are most of it; what lies between them is where it can be hurt.
      const ends = Uint8Array.from([
        ...file.subarray(0, 2500),
        ...file.subarray(file.length - 2500),
      ]);
      const middle = file.subarray(2500, file.length - 2500);
      fc.assert(
        fc.property(mutationsOf(ends), (altered) => {
          const whole = Buffer.concat([altered.subarray(0, 2500), middle, altered.subarray(2500)]);
          expectSafe(() => readOnnx('w.onnx', whole));
        }),
        { numRuns: fuzzRuns(100) },
      );
    }
    noteInputs(task, 'ONNX files', 2 * fuzzRuns(100));
  });
});

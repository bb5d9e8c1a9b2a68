import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import { sizeOf } from '../../domain/architecture/shapes.ts';
import {
  type GraphProto,
  type ModelProto,
  ModelProtoSchema,
  type NodeProto,
  type TensorProto,
} from '../../formats/onnx/onnxSchema.ts';
import { operatorNames } from '../../formats/onnx/operators.ts';
import { floatTensor, node, valueInfo } from '../../formats/onnx/protos.ts';
import { writeOnnx } from '../../formats/onnx/writeOnnx.ts';
import { tinyModel } from '../../formats/testing/tinyModel.ts';
import { ByteWriter } from './byteWriter.ts';
import type { Dice } from './dice.ts';
import type { HostileInput } from './hostileInput.ts';
import { hostileJson } from './jsons.ts';
import { strangeName } from './names.ts';

const MOST_NODES = 1200;
const MOST_WEIGHTS = 2 ** 20;
const FLOAT = 1;
const own = writeOnnx(tinyModel('lenet5'));

/** ONNX files: this page's with other values, graphs of any operators, messages that cost more than their size. */
export function hostileOnnx(dice: Dice): HostileInput {
  const [words, bytes] = dice.pick(attempts)(dice);
  const name = `${dice.chance(0.2) ? strangeName(dice) : 'model'}.onnx`;
  return {
    door: 'importWeights',
    words: `ONNX: ${words}`,
    files: [{ name, bytes: dice.spoilt(bytes) }],
  };
}

type Attempt = (dice: Dice) => [words: string, bytes: Uint8Array];

const attempts: readonly Attempt[] = [
  () => ['a whole file', own],
  (dice) => ['other values', otherOwn(dice)],
  (dice) => ['a chain of any operators', chain(dice)],
  (dice) => ['weights that are shared', shared(dice)],
  (dice) => ['graphs within graphs', within(dice.size(20_000))],
  (dice) => [
    'empty messages',
    new ByteWriter().bytes(ofField(7, emptyNodes(dice.size(2 ** 20)))).done(),
  ],
  (dice) => [
    'lists of small numbers',
    ofField(7, ofField(5, ofField(7, new Uint8Array(dice.size(2 ** 24))))),
  ],
];

/** Some of the tensors, nodes and texts of a file of this page are others. */
function otherOwn(dice: Dice): Uint8Array {
  const proto = fromBinary(ModelProtoSchema, own);
  for (const tensor of proto.graph?.initializer ?? [])
    if (dice.chance(0.1)) spoilTensor(dice, tensor);
  for (const each of proto.graph?.node ?? []) if (dice.chance(0.1)) spoilNode(dice, each);
  for (const prop of proto.metadataProps) {
    if (dice.chance(0.3)) prop.value = dice.chance(0.5) ? hostileJson(dice) : strangeName(dice);
  }
  // Without what it says of itself it is read as another program's.
  if (dice.chance(0.5))
    proto.metadataProps = proto.metadataProps.filter(({ key }) => key === 'classes');
  return written(proto);
}

function spoilTensor(dice: Dice, tensor: TensorProto): void {
  dice.pick([
    () => (tensor.dims = Array.from({ length: dice.whole(0, 9) }, () => BigInt(dice.extent()))),
    () => (tensor.dataType = dice.whole(0, 40)),
    () => (tensor.rawData = new Uint8Array(dice.size(MOST_WEIGHTS)).fill(dice.whole(0, 255))),
    () => (tensor.name = strangeName(dice)),
    () => (tensor.externalData = [create(ModelProtoSchema).metadataProps].flat()),
    () => (tensor.floatData = [Number.NaN, dice.extent()]),
  ])();
}

function spoilNode(dice: Dice, spoilt: NodeProto): void {
  const any = () => dice.pick([0n, -1n, 1n, BigInt(dice.extent()), 2n ** 63n - 1n]);
  dice.pick([
    () => (spoilt.opType = dice.chance(0.7) ? dice.pick(operatorNames) : strangeName(dice)),
    () => spoilt.input.push(dice.chance(0.5) ? strangeName(dice) : ''),
    () => (spoilt.input = [...spoilt.input].reverse()),
    () => (spoilt.output = spoilt.input),
    () => {
      for (const attribute of spoilt.attribute) {
        attribute.i = any();
        attribute.ints = attribute.ints.map(any);
      }
    },
    () => (spoilt.attribute = []),
  ])();
}

/** Operators that this page knows, one behind the other, with weights of any shape. */
function chain(dice: Dice): Uint8Array {
  const count = dice.size(dice.chance(0.8) ? 12 : MOST_NODES);
  const initializer: TensorProto[] = [];
  const nodes = Array.from({ length: count }, (_, i) => {
    const weights = Array.from({ length: dice.whole(0, 4) }, (_, part) => `w${i}.${part}`);
    for (const name of weights) initializer.push(anyTensor(dice, name));
    const whole = () => dice.pick([0, 1, 1, 2, 3, dice.extent()]);
    const attributes = {
      ...(dice.chance(0.5) && { kernel_shape: [whole(), whole()], strides: [whole(), whole()] }),
      ...(dice.chance(0.3) && { pads: [whole(), whole(), whole(), whole()] }),
      ...(dice.chance(0.2) && { group: whole(), axis: whole(), to: dice.whole(0, 20) }),
      ...(dice.chance(0.2) && { perm: [0, 3, 1, 2] }),
    };
    return node(
      dice.pick(operatorNames),
      `n${i}`,
      [i === 0 ? 'x' : `v${i - 1}`, ...weights],
      `v${i}`,
      attributes,
    );
  });
  return graphOf({ node: nodes, initializer }, `v${count - 1}`);
}

function anyTensor(dice: Dice, name: string): TensorProto {
  const extent = () => dice.pick([1, 1, 3, 16, dice.size(64)]);
  const shape = Array.from({ length: dice.whole(0, 4) }, extent);
  const size = Math.min(MOST_WEIGHTS, sizeOf(shape));
  return floatTensor(
    name,
    shape,
    new Float32Array(dice.chance(0.9) ? size : dice.size(MOST_WEIGHTS)),
  );
}

/** One tensor is the weights of very many layers. */
function shared(dice: Dice): Uint8Array {
  const channels = dice.pick([1, 16, 64, 256]);
  const count = dice.size(990);
  const kernel = floatTensor(
    'k',
    [channels, channels, 1, 1],
    new Float32Array(channels * channels),
  );
  const first = floatTensor('f', [channels, 1, 1, 1], new Float32Array(channels));
  const nodes = Array.from({ length: count }, (_, i) =>
    node('Conv', `c${i}`, i === 0 ? ['x', 'f'] : [`v${i - 1}`, 'k'], `v${i}`),
  );
  return graphOf({ node: nodes, initializer: [kernel, first] }, `v${count - 1}`);
}

function graphOf(graph: Pick<GraphProto, 'node' | 'initializer'>, output: string): Uint8Array {
  const ends = {
    input: [valueInfo('x', FLOAT, ['N', 1, 16, 16])],
    output: [valueInfo(output, FLOAT, ['N', 10])],
  };
  return written(create(ModelProtoSchema, { irVersion: 8n, graph: { ...graph, ...ends } }));
}

const written = (proto: ModelProto) => toBinary(ModelProtoSchema, proto);

/** A node whose attribute is a graph of a node, and so on. */
function within(depth: number): Uint8Array {
  const heads: Uint8Array[] = [];
  let length = 0;
  for (let i = 0; i < depth; i++) {
    const field = [1, 5, 6][i % 3] ?? 1;
    const head = headOf(field, length);
    heads.push(head);
    length += head.length;
  }
  const all = new ByteWriter().bytes(headOf(7, length));
  for (const head of heads.reverse()) all.bytes(head);
  return all.done();
}

const emptyNodes = (count: number) => {
  const bytes = new Uint8Array(2 * count);
  for (let i = 0; i < bytes.length; i += 2) bytes[i] = headOf(1, 0)[0] ?? 0;
  return bytes;
};

/** Of what has a length: the number of its field and how long it is (Protocol Buffers' wire format). */
function headOf(field: number, length: number): Uint8Array {
  const bytes = [8 * field + 2];
  let left = length;
  for (; left > 127; left = Math.floor(left / 128)) bytes.push((left % 128) + 128);
  return Uint8Array.of(...bytes, left);
}

function ofField(field: number, content: Uint8Array): Uint8Array<ArrayBuffer> {
  return new ByteWriter().bytes(headOf(field, content.length)).bytes(content).done();
}

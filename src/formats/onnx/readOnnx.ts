import { fromBinary } from '@bufbuild/protobuf';
import type { ImageShape } from '../../domain/architecture/architecture.ts';
import { imageSides } from '../../domain/pictures/imageSides.ts';
import { WorkbenchError } from '../../util/errors.ts';
import { importedModel } from '../exchange/importedModel.ts';
import { scalesBytes, scalingOf } from '../exchange/inputScaling.ts';
import { Misfit, type Values } from '../exchange/networkBuilder.ts';
import { refusalOf } from '../refusal.ts';
import { quoted } from '../text/quoted.ts';
import type { PortableModel } from '../weights/portableModel.ts';
import { METADATA_KEY } from '../weights/portableModel.ts';
import { type Axes, Chain } from './chain.ts';
import {
  TensorProto_DataType as DataType,
  type GraphProto,
  type ModelProto,
  ModelProtoSchema,
  type NodeProto,
  type ValueInfoProto,
} from './onnxSchema.ts';
import { operatorNames, operators } from './operators.ts';
import { readOwnOnnx } from './readOwnOnnx.ts';
import { refuseCostly } from './refuseCostly.ts';
import { shapeOperators } from './reorders.ts';
import { constantOf, refuseMany, tensorData, WholeNumbers } from './tensorData.ts';

const MAX_NODES = 1000;

/** Reads an ONNX file: one of this page by what it says of itself, any other by its graph. */
export function readOnnx(file: string, bytes: Uint8Array): PortableModel {
  const refuse = refusalOf('onnx.unreadable', file);
  let proto: ModelProto;
  try {
    refuseCostly(file, ModelProtoSchema, bytes);
    proto = fromBinary(ModelProtoSchema, bytes);
  } catch (error) {
    throw error instanceof WorkbenchError ? error : refuse('onnx.damaged');
  }
  const { graph } = proto;
  if (!graph || graph.node.length === 0) throw refuse('onnx.noGraph');
  if (graph.node.length > MAX_NODES) {
    throw refuse('onnx.nodes', { count: graph.node.length, most: MAX_NODES });
  }
  try {
    refuseMany(graph);
    const texts = new Map(proto.metadataProps.map(({ key, value }) => [key, value]));
    const isOwn = texts.has(METADATA_KEY);
    return isOwn ? readOwnOnnx(file, texts, graph) : readForeign(file, proto, graph, bytes.length);
  } catch (error) {
    if (error instanceof Misfit) throw refuse(error.code, error.params);
    throw error;
  }
}

function readForeign(
  file: string,
  proto: ModelProto,
  graph: GraphProto,
  fileBytes: number,
): PortableModel {
  const constants = new Map<string, Values>();
  for (const tensor of graph.initializer) constants.set(tensor.name, tensorData(tensor));
  const chain = chainOf(graph, constants, fileBytes);
  const wholes = new WholeNumbers((values) => chain.builder.spend(values));
  for (const node of graph.node) readNode(file, chain, wholes, node);
  const outputs = graph.output.map(({ name }) => name);
  if (!outputs.some((name) => chain.isLast(name))) {
    throw new Misfit('onnx.output', { value: quoted(outputs[0] ?? '?') });
  }
  return importedModel(file, chain.builder, {
    scaling: scalingOf(chain.scaling, takesBytes(graph, chain)),
    classNames: proto.metadataProps.find(({ key }) => key === 'classes')?.value,
    application: [proto.producerName, proto.producerVersion].filter(Boolean).join(' ') || 'ONNX',
  });
}

function readNode(file: string, chain: Chain, wholes: WholeNumbers, node: NodeProto): void {
  const { opType, domain } = node;
  const named = {
    file,
    node: quoted(node.name || node.output[0] || '?'),
    operator: quoted(opType),
  };
  const constant = constantOf(node, chain.constants, wholes);
  if (constant) {
    for (const name of node.output) chain.constants.set(name, constant);
    return;
  }
  const read = Object.hasOwn(operators, opType) ? operators[opType] : undefined;
  if (!read || (domain !== '' && domain !== 'ai.onnx')) {
    throw new WorkbenchError('onnx.operator', { ...named, known: operatorNames.join(', ') });
  }
  try {
    // Of whichever value: how many images there are is mostly asked of the first.
    if (opType === 'Shape') {
      chain.noteShape(node);
      return;
    }
    const operands = chain.operandsOf(node);
    // Numbers made of shapes and constants lie beside the chain, and change nothing in it.
    if (!operands.flows) {
      chain.noteShape(node);
      return;
    }
    if (shapeOperators.includes(opType)) throw new Misfit('onnx.parts');
    if (chain.ended && opType !== 'Identity') throw new Misfit('network.behindEnd');
    read(chain, operands, chain.attributesOf(node));
    chain.goOn(node);
  } catch (error) {
    if (!(error instanceof Misfit)) throw error;
    const problem = { code: error.code, params: error.params };
    throw new WorkbenchError('onnx.node', { ...named, problem });
  }
}

/** The image that a graph takes: its only input that is no weight. */
function chainOf(graph: GraphProto, constants: Map<string, Values>, fileBytes: number): Chain {
  const inputs = graph.input.filter(({ name }) => !constants.has(name));
  const [input] = inputs;
  if (!input || inputs.length > 1) throw new Misfit('onnx.inputs', { count: inputs.length });
  const { image, axes } = imageOf(input);
  return new Chain(image, axes, new Set([input.name]), constants, fileBytes);
}

/** Whether the graph scales bytes itself, and not numbers from 0 to 1. */
function takesBytes({ input }: GraphProto, { constants, scaling }: Chain): boolean {
  const type = input.find(({ name }) => !constants.has(name))?.type?.value;
  const isBytes = type?.case === 'tensorType' && type.value.elemType === DataType.UINT8;
  return isBytes || scalesBytes(scaling);
}

function imageOf({ name, type }: ValueInfoProto): { image: ImageShape; axes: Axes } {
  const dims = type?.value.case === 'tensorType' ? (type.value.value.shape?.dim ?? []) : [];
  const [, ...extents] = dims.map(({ value }) =>
    value.case === 'dimValue' ? Number(value.value) : undefined,
  );
  const [first, second, third] = extents;
  const isColour = (extent: number | undefined) => extent === 1 || extent === 3;
  const axes: Axes = isColour(first) ? 'chw' : 'hwc';
  const [height, width, channels] =
    axes === 'chw' ? [second, third, first] : [first, second, third];
  const isSide = (side: number | undefined): side is number =>
    side !== undefined && side >= imageSides.min && side <= imageSides.max;
  if (extents.length === 3 && isSide(height) && isSide(width) && channels && isColour(channels)) {
    return { image: { height, width, channels }, axes };
  }
  throw new Misfit('network.image', {
    ...{ name, shape: ['N', ...extents.map((extent) => extent ?? '?')].join('x') },
    ...{ min: imageSides.min, max: imageSides.max },
  });
}

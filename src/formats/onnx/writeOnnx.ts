import { create, toBinary } from '@bufbuild/protobuf';
import { buildArchitecture } from '../../domain/architecture/architecture.ts';
import { describeNetwork } from '../../domain/architecture/shapes.ts';
import { toChannelsFirst } from '../exchange/channelsFirst.ts';
import { type PortableModel, textsOf } from '../weights/portableModel.ts';
import { layerNodes } from './layerNodes.ts';
import {
  TensorProto_DataType as DataType,
  ModelProtoSchema,
  type NodeProto,
} from './onnxSchema.ts';
import { floatTensor, node, valueInfo } from './protos.ts';

/**
 * A model as ONNX (opset 17): raw bytes in, height, width, channel as a picture lies in memory, any
 * number of them at once; out come logits and probabilities. Scaling and softmax are within, so that
 * nobody has to know of them.
 */
const IR_VERSION = 8n;
const OPSET = 17n;
/** How the extent of the batch is called. */
const BATCH = 'N';

export const onnxNames = { images: 'images', logits: 'logits', probabilities: 'probabilities' };

export function writeOnnx(model: PortableModel): Uint8Array<ArrayBuffer> {
  const architecture = buildArchitecture(model.architecture);
  const { input, classes, id } = architecture;
  const { scaling, classNames, provenance, tensors } = model;
  const { images, logits, probabilities } = onnxNames;
  const scalar = (name: string, value: number) => floatTensor(name, [], Float32Array.of(value));
  const { application, version, runName, datasetName, step } = provenance;
  const proto = create(ModelProtoSchema, {
    irVersion: IR_VERSION,
    opsetImport: [{ domain: '', version: OPSET }],
    producerName: application,
    producerVersion: version,
    docString: `${runName}: ${id} after ${step} steps on ${datasetName}.`,
    graph: {
      name: id,
      input: [
        valueInfo(images, DataType.UINT8, [BATCH, input.height, input.width, input.channels]),
      ],
      output: [logits, probabilities].map((name) =>
        valueInfo(name, DataType.FLOAT, [BATCH, classes]),
      ),
      initializer: [
        scalar('scaling/offset', scaling.offset),
        scalar('scaling/factor', scaling.factor),
        ...toChannelsFirst(architecture, tensors).map(({ name, shape, values }) =>
          floatTensor(name, shape, values),
        ),
      ],
      node: [
        ...scalingNodes(images),
        ...networkNodes(architecture, 'scaled'),
        node('Softmax', probabilities, [logits], probabilities, { axis: 1 }),
      ],
    },
    metadataProps: Object.entries({
      ...textsOf(model),
      classes: JSON.stringify(classNames),
    }).map(([key, value]) => ({ key, value })),
  });
  return toBinary(ModelProtoSchema, proto) as Uint8Array<ArrayBuffer>;
}

function scalingNodes(images: string): NodeProto[] {
  return [
    node('Cast', 'bytes', [images], 'bytes', { to: DataType.FLOAT }),
    node('Sub', 'centred', ['bytes', 'scaling/offset'], 'centred'),
    node('Mul', 'multiplied', ['centred', 'scaling/factor'], 'multiplied'),
    node('Transpose', 'scaled', ['multiplied'], 'scaled', { perm: [0, 3, 1, 2] }),
  ];
}

/** The last value is called `logits`, whatever the last layer is called. */
function networkNodes(architecture: Parameters<typeof describeNetwork>[0], from: string) {
  const nodes: NodeProto[] = [];
  let x = from;
  for (const report of describeNetwork(architecture).layers) {
    nodes.push(...layerNodes(report, x));
    x = report.layer.name;
  }
  const last = nodes.at(-1);
  if (last) last.output = [onnxNames.logits];
  return nodes;
}

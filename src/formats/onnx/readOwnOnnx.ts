import { buildArchitecture } from '../../domain/architecture/architecture.ts';
import { WorkbenchError } from '../../util/errors.ts';
import { channelsFirstShapes, fromChannelsFirst } from '../exchange/channelsFirst.ts';
import { type PortableModel, parseTexts } from '../weights/portableModel.ts';
import { checkedModel } from '../weights/weightsFile.ts';
import type { GraphProto } from './onnxSchema.ts';
import { tensorData } from './tensorData.ts';

/** Reads what this page has written: its metadata tell the network, and its weights lie under their names. */
export function readOwnOnnx(
  file: string,
  texts: ReadonlyMap<string, string>,
  graph: GraphProto,
): PortableModel {
  const facts = parseTexts(file, texts);
  const architecture = buildArchitecture(facts.architecture);
  const network = architecture.id;
  const byName = new Map(graph.initializer.map((tensor) => [tensor.name, tensor]));
  const tensors = channelsFirstShapes(architecture).map(({ name, shape }) => {
    const tensor = byName.get(name);
    if (!tensor) throw new WorkbenchError('weights.missingTensor', { file, tensor: name, network });
    const { values, shape: there } = tensorData(tensor);
    const [actual, expected] = [there.join('x') || '()', shape.join('x')];
    if (actual !== expected) {
      throw new WorkbenchError('weights.shape', { file, tensor: name, actual, expected, network });
    }
    return { name, shape, values };
  });
  return checkedModel(file, { ...facts, tensors: fromChannelsFirst(architecture, tensors) });
}

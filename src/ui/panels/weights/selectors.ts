import { canStart } from '../../../app/canStart.ts';
import type { WorkbenchState } from '../../../app/state.ts';
import { describeNetwork } from '../../../domain/architecture/shapes.ts';
import type { RunRecord } from '../../../domain/runs/run.ts';
import type { WeightsFormat } from '../../../domain/runs/weightsFormat.ts';

/** The formats offered, the one for other programs first. */
export const offeredFormats = [
  'safetensors',
  'onnx',
  'pytorch',
  'tfjs',
  'embed',
] as const satisfies readonly WeightsFormat[];

/** Whether a file may take the place of the model in memory. */
export const canImport = canStart('importWeights');

export function canExport(state: WorkbenchState): boolean {
  return state.run !== undefined && canStart('exportWeights')(state);
}

export interface ModelSize {
  readonly parameters: number;
  readonly bytes: number;
}

const FLOAT_BYTES = 4;

export function modelSize({ architecture }: RunRecord): ModelSize {
  const { parameters } = describeNetwork(architecture);
  return { parameters, bytes: parameters * FLOAT_BYTES };
}

/** What reads the file elsewhere. */
export const readingCode: Record<WeightsFormat, string> = {
  safetensors: 'from safetensors.torch import load_file\nweights = load_file("FILE.safetensors")',
  onnx: 'session = onnxruntime.InferenceSession("FILE.onnx")\nlogits, shares = session.run(None, {"images": uint8_images})',
  pytorch: 'from model import load\nlogits = load()(uint8_images)',
  embed:
    'import { predict } from "./predict.js";\nconst { label, probabilities } = await predict(imageData);',
  tfjs: 'await tf.loadLayersModel("model.json")',
};

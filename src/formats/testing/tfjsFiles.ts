import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { writeZip } from '../archives/zip.ts';

/** The files that `model.save()` of TensorFlow.js makes. */
export interface SavedModel {
  readonly json: {
    format: string;
    modelTopology: unknown;
    weightsManifest: [{ paths: string[]; weights: { name: string; shape: number[] }[] }];
  };
  readonly weights: Uint8Array<ArrayBuffer>;
}

export async function savedByTfjs(model: LayersModel): Promise<SavedModel> {
  const saved: SavedModel[] = [];
  await model.save(
    tf.io.withSaveHandler(async (artifacts) => {
      const { modelTopology, weightSpecs = [], weightData, format, ...more } = artifacts;
      const { generatedBy, convertedBy } = more;
      const json = { modelTopology, format: String(format), generatedBy, convertedBy };
      const paths = ['./model.weights.bin'];
      const weights = new Uint8Array(tf.io.CompositeArrayBuffer.join(weightData));
      saved.push({
        json: { ...json, weightsManifest: [{ paths, weights: weightSpecs }] },
        weights,
      });
      return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } };
    }),
  );
  const [only] = saved;
  if (!only) throw new Error('nothing was saved');
  // Nothing in it is shared with the model.
  return { json: JSON.parse(JSON.stringify(only.json)), weights: only.weights };
}

/** In a zip, with the JSON changed, and perhaps a `metadata.json` as Teachable Machine has it. */
export function zipOf(
  { json, weights }: { json: SavedModel['json']; weights: Uint8Array },
  change: (json: SavedModel['json']) => void = () => {},
  metadata?: object,
): Uint8Array<ArrayBuffer> {
  const changed = JSON.parse(JSON.stringify(json));
  change(changed);
  const text = (name: string, content: unknown) => ({
    ...{ name, bytes: new TextEncoder().encode(JSON.stringify(content)), deflate: true },
  });
  return writeZip([
    text('model.json', changed),
    ...(metadata ? [text('metadata.json', metadata)] : []),
    { name: 'weights.bin', bytes: weights, deflate: false },
  ]);
}

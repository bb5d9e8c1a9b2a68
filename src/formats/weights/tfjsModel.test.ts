import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import * as tfLayers from '@tensorflow/tfjs-layers';
import { describe, expect, it } from 'vitest';
import { buildArchitecture } from '../../domain/architecture/architecture.ts';
import '../../engine/tfjs/layers.ts';
import { TfjsModel } from '../../training/tape/tfjsModel.ts';
import { expectRefusal } from '../../util/testing/bothLanguages.ts';
import { eachInjects } from '../../util/testing/faults.ts';
import { openZip, writeZip } from '../archives/zip.ts';
import { tinyModel } from '../testing/tinyModel.ts';
import { importModel } from './importModel.ts';
import { openTfjsModel, packTfjsModel, writeTfjsModel } from './tfjsModel.ts';
import { tfjsTopology } from './tfjsTopology.ts';

interface ModelJson {
  modelTopology: object;
  weightsManifest: [{ paths: string[]; weights: tf.io.WeightsManifestEntry[] }];
  format: string;
}

function unpack(zip: Uint8Array): { json: ModelJson; weights: Uint8Array<ArrayBuffer> } {
  const archive = openZip('f', zip);
  const json = JSON.parse(new TextDecoder().decode(archive.read('model.json', 1e6)));
  return { json, weights: archive.read('weights.bin', 1e9) };
}

/** The model with its model.json changed. */
function withJson(change: (json: Record<string, unknown>) => unknown): Uint8Array {
  const { json, weights } = unpack(writeTfjsModel(tinyModel()));
  const changed = change(json as unknown as Record<string, unknown>);
  const text = typeof changed === 'string' ? changed : JSON.stringify(changed);
  return writeZip([
    { name: 'model.json', bytes: new TextEncoder().encode(text), deflate: true },
    { name: 'weights.bin', bytes: weights, deflate: false },
  ]);
}

describe('an exported tfjs model', () => {
  it.each([
    ['alexnet', 'lrn'],
    ['alexnet', 'batch'],
    ['lenet5', 'none'],
  ] as const)(
    'of %s with normalisation %s predicts in tfjs what it predicts here',
    async (id, normalization) => {
      await tf.setBackend('cpu');
      const model = tinyModel(id, 1, {}, normalization);
      const { json, weights } = unpack(writeTfjsModel(model));
      const loaded = await tfLayers.loadLayersModel(
        tf.io.fromMemory({
          modelTopology: json.modelTopology,
          format: json.format,
          weightSpecs: json.weightsManifest[0].weights,
          weightData: weights.buffer,
        }),
      );
      const network = new TfjsModel(buildArchitecture(model.architecture), { seed: 1, step: 0 });
      network.importWeights(model.tensors);
      const images = tf.randomUniform<tf.Rank.R4>([3, 16, 16, 1], 0, 1, 'float32', 7);
      const theirs = await (loaded.predict(images) as tf.Tensor).data();
      const ours = await network.logits(images, false).data();
      expect(theirs).toEqual(ours);
      expect(ours).toHaveLength(30);
    },
  );

  it.each([
    ['alexnet', 'lrn'],
    ['alexnet', 'batch'],
    ['lenet5', 'none'],
  ] as const)('of %s, %s is what tfjs itself would write', async (id, normalization) => {
    const { architecture } = tinyModel(id, 1, {}, normalization);
    const topology = tfjsTopology(buildArchitecture(architecture));
    // `fromConfig` keeps parts of what it is given.
    const copy = JSON.parse(JSON.stringify(topology));
    const loaded = await tfLayers.models.modelFromJSON({ modelTopology: copy });
    const rewritten = JSON.parse(String(loaded.toJSON(null, true)));
    expect(rewritten).toEqual(topology);
  });

  it('needs no code that a strict Content Security Policy forbids', () => {
    const { json } = unpack(writeTfjsModel(tinyModel('alexnet')));
    expect(JSON.stringify(json)).not.toContain('Lambda');
  });
});

describe('an imported tfjs model', () => {
  it('comes back as it was written', () => {
    const model = tinyModel();
    const container = openTfjsModel('f', writeTfjsModel(model));
    expect(container.load()).toEqual(model.tensors);
    expect(container.metadata).toMatchObject({ architecture: model.architecture });
  });
});

describe('a tfjs model that is not right', () => {
  eachInjects(23, 'a hostile model.json');
  const entry = { name: 'a', shape: [1], dtype: 'float32' };
  const manifest = (paths: unknown, ...weights: unknown[]) => [{ paths, weights }];
  it.each([
    ['no JSON', () => '{', 'model.json is not JSON'],
    ['a list', () => [], 'model.json: format is missing'],
    [
      'another format',
      (json: object) => ({ ...json, format: 'graph-model' }),
      'format is "graph-model", where "layers-model" was expected',
    ],
    [
      'an address',
      (json: object) => ({ ...json, weightsManifest: manifest(['https://example.org/w.bin']) }),
      'weightsManifest.0.paths.0 is "https://example.org/w.bin", where "weights.bin" was expected',
    ],
    ['two parts', (json: object) => ({ ...json, weightsManifest: [{}, {}] }), 'weightsManifest'],
    [
      'quantised weights',
      (json: object) => ({
        ...{ ...json, weightsManifest: manifest(['weights.bin'], { ...entry, quantization: {} }) },
      }),
      'weightsManifest.0.weights.0.quantization does not belong there',
    ],
    [
      'a negative extent',
      (json: object) => ({
        ...json,
        weightsManifest: manifest(['weights.bin'], { ...entry, shape: [-1] }),
      }),
      'weightsManifest.0.weights.0.shape.0',
    ],
    [
      'depth 10,000',
      () => `${'['.repeat(10_000)}${']'.repeat(10_000)}`,
      'nests more than 200 levels',
    ],
  ])('with %s is refused', (_, change, problem) => {
    const file = withJson(change);
    const words = ['The header of f is not valid: model.json', problem];
    expectRefusal(() => openTfjsModel('f', file), ...words);
  });

  it('with another type of weights is refused by name', () => {
    const file = withJson((json) => ({
      ...{ ...json, weightsManifest: manifest(['weights.bin'], { ...entry, dtype: 'int32' }) },
    }));
    expect(() => openTfjsModel('f', file)).toThrow('The tensor a in f has type int32;');
  });

  it('packed again with its folder is read as before', () => {
    const model = tinyModel();
    const zip = openZip('a', writeTfjsModel(model));
    const again = writeZip([
      ...['m-tfjs/', '__MACOSX/m-tfjs/._model.json'].map((name) => ({
        ...{ name, bytes: new Uint8Array(0), deflate: false },
      })),
      ...zip.names.map((name) => ({
        ...{ name: `m-tfjs/${name}`, bytes: zip.read(name, 2 ** 24), deflate: true },
      })),
    ]);
    expect(openTfjsModel('f', again).load()).toEqual(model.tensors);
  });

  it('in two files is read as out of its zip file', async () => {
    const model = tinyModel();
    const zip = openZip('a', writeTfjsModel(model));
    const [json, weights] = ['model.json', 'weights.bin'].map((name) => zip.read(name, 2 ** 24));
    const packed = packTfjsModel(json ?? expect.fail(), weights ?? expect.fail());
    expect(openTfjsModel('f', packed).load()).toEqual(model.tensors);
    expect((await importModel('model.json', packed)).tensors).toEqual(model.tensors);
    const swapped = packTfjsModel(weights ?? expect.fail(), json ?? expect.fail());
    expectRefusal(() => openTfjsModel('f', swapped), 'The header of f is not valid: model.json');
  });

  it('whose weights.bin is too long or too short is refused', () => {
    const shaped = (shape: number[]) =>
      withJson((json) => ({
        ...json,
        weightsManifest: manifest(['weights.bin'], { ...entry, shape }),
      }));
    expect(() => openTfjsModel('f', shaped([3])).load()).toThrow('more than the 12 that');
    expect(() => openTfjsModel('f', shaped([2 ** 31])).load()).toThrow(
      'its tensors need 8589934592',
    );
  });
});

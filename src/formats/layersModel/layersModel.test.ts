import * as layers from '@tensorflow/tfjs-layers';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalizations } from '../../domain/architecture/architecture.ts';
import { WorkbenchError } from '../../util/errors.ts';
import { expectBothLanguages } from '../../util/testing/bothLanguages.ts';
import { openZip, writeZip } from '../archives/zip.ts';
import { expectSafeLater, fuzzRuns, mutationsOf, noteInputs } from '../testing/fuzz.ts';
import { savedByTfjs, zipOf } from '../testing/tfjsFiles.ts';
import { tinyModel } from '../testing/tinyModel.ts';
import { importModel } from '../weights/importModel.ts';
import { writeTfjsModel } from '../weights/tfjsModel.ts';

const { conv2d, dense, dropout, flatten, maxPooling2d } = layers.layers;

/** As a tutorial has it. */
const tutorial = () =>
  layers.sequential({
    layers: [
      conv2d({ inputShape: [28, 28, 1], filters: 4, kernelSize: 5, activation: 'relu' }),
      maxPooling2d({ poolSize: 2 }),
      flatten(),
      dropout({ rate: 0.25 }),
      dense({ units: 10, activation: 'softmax' }),
    ],
  });

async function refusalOf(
  model: layers.LayersModel,
  change: Parameters<typeof zipOf>[1] = () => {},
): Promise<WorkbenchError> {
  const bytes = zipOf(await savedByTfjs(model), change);
  const error = await importModel('theirs.zip', bytes).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(WorkbenchError);
  expectBothLanguages(error as WorkbenchError, 'theirs.zip');
  return error as WorkbenchError;
}

describe('a layers model of another program', () => {
  it('is a network of the same layers and numbers', async () => {
    const model = tutorial();
    const { architecture, tensors, scaling, classNames } = await importModel(
      'theirs.zip',
      zipOf(await savedByTfjs(model)),
    );
    expect(architecture.layers?.map(({ kind }) => kind)).toEqual([
      ...['conv2d', 'maxPool', 'flatten', 'dropout', 'dense'],
    ]);
    expect(architecture.layers?.[0]).toMatchObject({ padding: 'valid', activation: 'relu' });
    expect(scaling).toMatchObject({ offset: 0, factor: 1 / 255 });
    expect(classNames).toHaveLength(10);
    for (const [i, weight] of model.getWeights().entries()) {
      expect(tensors[i]?.values).toEqual(await weight.data());
    }
  });

  it('is the same one wherever its files are and whatever they are called', async () => {
    const saved = await savedByTfjs(tutorial());
    const plain = await importModel('m.zip', zipOf(saved));
    const half = saved.weights.length / 2;
    const shards = ['group1-shard1of2.bin', 'group1-shard2of2.bin'];
    const entries = (json: string, folder = '') => [
      { name: `${folder}${json}`, bytes: Buffer.from(JSON.stringify(saved.json)), deflate: true },
    ];
    const one = { name: 'm.weights.bin', bytes: saved.weights, deflate: false };
    expect(await importModel('m.zip', writeZip([...entries('m.json'), one]))).toEqual(plain);
    saved.json.weightsManifest[0].paths = shards;
    const sharded = [
      ...entries('model.json', 'm/'),
      { name: `m/${shards[0]}`, bytes: saved.weights.subarray(0, half), deflate: false },
      { name: `m/${shards[1]}`, bytes: saved.weights.subarray(half), deflate: true },
    ];
    expect(await importModel('m.zip', writeZip(sharded))).toEqual(plain);
    const missing = importModel('m.zip', writeZip(sharded.slice(0, 2)));
    await expect(missing).rejects.toThrow('m.zip has no entry m/group1-shard2of2.bin');
  });

  it('has its classes called as the file beside it calls them', async () => {
    const names = ['zero', 'one', '2', '3', '4', '5', '6', '7', '8', '9'];
    const zip = zipOf(await savedByTfjs(tutorial()), () => {}, { labels: names });
    expect((await importModel('tm.zip', zip)).classNames).toEqual(names);
  });

  it('may give a row of pixels its shape first, and scale it', async () => {
    const rows = layers.sequential({
      layers: [
        layers.layers.reshape({ inputShape: [784], targetShape: [28, 28, 1] }),
        layers.layers.rescaling({ scale: 1 / 127.5, offset: -1 }),
        flatten(),
        dense({ units: 10 }),
      ],
    });
    const { architecture, scaling } = await importModel('m.zip', zipOf(await savedByTfjs(rows)));
    expect(architecture.input).toEqual({ height: 28, width: 28, channels: 1 });
    expect((0 - scaling.offset) * scaling.factor).toBeCloseTo(-1, 6);
    expect((255 - scaling.offset) * scaling.factor).toBeCloseTo(1, 6);
  });

  it.each([
    ...normalizations.map((norm) => tinyModel('alexnet', 3, {}, norm)),
    tinyModel('lenet5'),
  ])('is understood by its layers alone, to the bit', async (model) => {
    const zip = openZip('a', writeTfjsModel(model));
    const json = JSON.parse(new TextDecoder().decode(zip.read('model.json', 1e7)));
    delete json.userDefinedMetadata;
    const back = await importModel('a.zip', zipOf({ json, weights: zip.read('weights.bin', 1e9) }));
    const valuesOf = (tensors: typeof back.tensors) => tensors.map(({ values }) => values);
    expect(valuesOf(back.tensors)).toEqual(valuesOf(model.tensors));
    // Written again, it is the same once more.
    const again = await importModel('b.zip', writeTfjsModel(back));
    expect(again.architecture).toEqual(back.architecture);
    expect(valuesOf(again.tensors)).toEqual(valuesOf(model.tensors));
  });
});

describe('a layers model that cannot be run here', () => {
  const sequential = (...more: layers.layers.Layer[]) =>
    layers.sequential({
      layers: [conv2d({ inputShape: [28, 28, 1], filters: 4, kernelSize: 3 }), ...more],
    });
  const head = () => [flatten(), dense({ units: 10 })];

  it.each<[string, () => layers.LayersModel, string]>([
    [
      'a kind of layer',
      () => sequential(layers.layers.upSampling2d({ name: 'larger' }), ...head()),
      'theirs.zip has the layer larger of the kind UpSampling2D, which this page does not run',
    ],
    [
      'an activation',
      () => sequential(layers.layers.activation({ name: 'soft', activation: 'elu' }), ...head()),
      'The layer soft (Activation) of theirs.zip does not fit: activation is "elu"',
    ],
    [
      'a window that is no square',
      () => sequential(conv2d({ name: 'wide', filters: 2, kernelSize: [1, 3] }), ...head()),
      'The layer wide (Conv2D) of theirs.zip does not fit: its window is 1x3',
    ],
    [
      'a dilation',
      () =>
        sequential(conv2d({ name: 'far', filters: 2, kernelSize: 3, dilationRate: 2 }), ...head()),
      'dilation_rate is [2,2], where 1 was expected',
    ],
    [
      'a dense layer over an image',
      () => sequential(dense({ name: 'each', units: 3 }), ...head()),
      'The layer each (Dense) of theirs.zip does not fit: it is a dense layer over an image',
    ],
    [
      'something behind the softmax',
      () => sequential(...head(), layers.layers.softmax(), dense({ name: 'late', units: 10 })),
      'The layer late (Dense) of theirs.zip does not fit: it comes behind the softmax',
    ],
    [
      'one class alone',
      () => sequential(flatten(), dense({ units: 1 })),
      'theirs.zip cannot be read as a layers model of TensorFlow.js: it has 1 classes',
    ],
    [
      'images of another size',
      () =>
        layers.sequential({
          layers: [conv2d({ inputShape: [224, 224, 3], filters: 1, kernelSize: 224 }), ...head()],
        }),
      'has the shape Nx224x224x3',
    ],
    [
      'a branch',
      () => {
        const inputs = layers.input({ shape: [28, 28, 1] });
        const once = conv2d({ name: 'once', filters: 2, kernelSize: 3 }).apply(inputs);
        const other = conv2d({ name: 'other', filters: 2, kernelSize: 3 }).apply(inputs);
        const both = layers.layers.add().apply([once, other] as layers.SymbolicTensor[]);
        const rows = dense({ units: 10 }).apply(flatten().apply(both));
        return layers.model({ inputs, outputs: rows as layers.SymbolicTensor });
      },
      'only chains are run',
    ],
  ])('for %s is told so', async (_, model, sentence) => {
    expect((await refusalOf(model())).message).toContain(sentence);
  });

  it.each<[string, NonNullable<Parameters<typeof zipOf>[1]>, string]>([
    [
      'a graph model',
      (json) => {
        json.format = 'graph-model';
      },
      'format is "graph-model", where "layers-model" was expected',
    ],
    [
      'a model without layers',
      (json) => {
        json.modelTopology = {};
      },
      'it has no list of layers',
    ],
    [
      'a weight too few',
      (json) => {
        json.weightsManifest[0].weights.pop();
      },
      './model.weights.bin has 23496 bytes, but its tensors need 23456',
    ],
    [
      'a weight of another name',
      (json) => {
        Object.assign(json.weightsManifest[0].weights[0] ?? {}, { name: 'odd/kernel' });
      },
      'which the network imported needs',
    ],
    [
      'a weight of another shape',
      (json) => {
        const [kernel] = json.weightsManifest[0].weights;
        kernel?.shape.reverse();
      },
      'has shape 4x1x5x5; the network imported needs 5x5x1x4',
    ],
    [
      'quantised weights',
      (json) => {
        const [kernel] = json.weightsManifest[0].weights;
        Object.assign(kernel ?? {}, { quantization: { dtype: 'uint8', scale: 1, min: 0 } });
      },
      'weightsManifest.0.weights.0.quantization does not belong there',
    ],
    [
      'an address',
      (json) => {
        json.weightsManifest[0].paths = ['https://example.org/a.bin', 'b.bin'];
      },
      'has no entry https://example.org/a.bin',
    ],
  ])('for %s is told so', async (_, change, sentence) => {
    expect((await refusalOf(tutorial(), change)).message).toContain(sentence);
  });

  it('ends in a sentence or a model, whatever was altered', async ({ task }) => {
    const { json, weights } = await savedByTfjs(tutorial());
    const bytes = Buffer.from(JSON.stringify(json));
    await fc.assert(
      fc.asyncProperty(mutationsOf(bytes), async (altered) => {
        const zip = writeZip([
          { name: 'model.json', bytes: altered, deflate: true },
          { name: 'weights.bin', bytes: weights, deflate: false },
        ]);
        await expectSafeLater(() => importModel('w.zip', zip));
      }),
      { numRuns: fuzzRuns(100) },
    );
    noteInputs(task, 'layers models', fuzzRuns(100));
  });
});

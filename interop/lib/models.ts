import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import {
  type ArchitectureChoice,
  buildArchitecture,
} from '../../src/domain/architecture/architecture.ts';
import { sizeOf } from '../../src/domain/architecture/shapes.ts';
import { seedRecipe } from '../../src/domain/recipe/recipe.ts';
import type { PortableModel } from '../../src/formats/weights/portableModel.ts';
import { initialWeights } from '../../src/training/initialWeights.ts';
import { inferAlone } from '../../src/training/threaded/inferAlone.ts';
import { normals } from '../../src/util/random.ts';

/** Models of every kind of layer, and what the workbench itself makes of images: its WebAssembly engine. */

const input = { height: 28, width: 28, channels: 1 } as const;

const choices: Record<string, ArchitectureChoice> = {
  'AlexNet with LRN': choice('alexnet', 1 / 16, 'lrn'),
  'two towers with batch normalisation': choice('alexnet-towers', 1 / 16, 'batch'),
  'AlexNet without normalisation': choice('alexnet', 1 / 16, 'none'),
  'the all-convolutional net': choice('allconv', 1 / 16, 'lrn'),
  'LeNet-5': choice('lenet5', 1, 'lrn'),
};

function choice(
  id: 'alexnet' | 'alexnet-towers' | 'allconv' | 'lenet5',
  width: number,
  normalization: 'lrn' | 'batch' | 'none',
): ArchitectureChoice {
  return { id, width, normalization, input, classes: 10, dropout: 0.5 };
}

export const modelNames = Object.keys(choices);

/** With weights that are nowhere zero or one, where trained ones would not be. */
export function modelCalled(name: string): PortableModel {
  const architecture = choices[name];
  if (!architecture) throw new Error(`there is no model ${name}`);
  const { id, width, normalization = 'lrn' } = architecture;
  const tensors = initialWeights(buildArchitecture(architecture), 'he', 7).map((tensor, index) => {
    if (tensor.shape.length > 1) return tensor;
    const noise = normals(7, 100, index, sizeOf(tensor.shape));
    const isVariance = tensor.name.endsWith('/moving_variance');
    const values = tensor.values.map((value, i) => value + 0.2 * (noise[i] ?? 0));
    return {
      ...tensor,
      values: isVariance ? values.map((value) => Math.abs(value) + 0.1) : values,
    };
  });
  if (id === 'alexnet-original' || id === 'imported') throw new Error('it is not trained here');
  return {
    architecture,
    recipe: { ...seedRecipe, architecture: id, width, normalization },
    scaling: { kind: 'standard', offset: 33.3, factor: 1 / 78.6 },
    classNames: Array.from({ length: 10 }, (_, label) => String(label)),
    provenance: {
      ...{ application: 'AlexNet Workbench', version: '0.1.0', runName: name, engine: 'wasm' },
      ...{ datasetName: 'MNIST', step: 300, createdAt: '2026-01-02T03:04:05.678Z' },
    },
    tensors,
  };
}

/** The first of MNIST's test images, as bytes. */
export async function testImages(count: number): Promise<Uint8Array> {
  const file = new URL('../../public/mnist/t10k-images-idx3-ubyte.gz', import.meta.url);
  return new Uint8Array(gunzipSync(await readFile(file))).subarray(16, 16 + count * 784);
}

/** What the workbench makes of them. */
export async function ownLogits(model: PortableModel, bytes: Uint8Array): Promise<Float32Array> {
  const { offset, factor } = model.scaling;
  const kernels = await WebAssembly.compile(
    await readFile(new URL('../../src/engine/wasm/generated/kernels.wasm', import.meta.url)),
  );
  const architecture = buildArchitecture(model.architecture);
  const scaled = Float32Array.from(bytes, (byte) => (byte - offset) * factor);
  const [images, batch] = [bytes.length / 784, 100];
  const logits = new Float32Array(images * architecture.classes);
  for (let first = 0; first < images; first += batch) {
    const part = scaled.subarray(first * 784, (first + batch) * 784);
    logits.set(await inferAlone(kernels, architecture, model.tensors, part), first * 10);
  }
  return logits;
}

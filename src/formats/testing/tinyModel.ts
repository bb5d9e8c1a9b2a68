import {
  type ArchitectureChoice,
  buildArchitecture,
  type Normalization,
} from '../../domain/architecture/architecture.ts';
import { sizeOf, weightSpecs } from '../../domain/architecture/shapes.ts';
import { seedRecipe } from '../../domain/recipe/recipe.ts';
import { normals } from '../../util/random.ts';
import type { PortableModel } from '../weights/portableModel.ts';

/** A model of the given family with weights that a seed decides, small enough for a test. */
export function tinyModel(
  id: 'alexnet' | 'lenet5' = 'lenet5',
  seed = 1,
  change: Partial<PortableModel> = {},
  normalization: Normalization = 'lrn',
): PortableModel {
  const width = 1 / 16;
  const architecture: ArchitectureChoice = {
    ...{ id, width, classes: 10, dropout: 0.5, normalization },
    input: { height: 16, width: 16, channels: 1 },
  };
  return {
    architecture,
    recipe: { ...seedRecipe, architecture: id, width, normalization },
    scaling: { kind: 'minmax', offset: 0, factor: 1 / 255 },
    classNames: Array.from({ length: 10 }, (_, label) => String(label)),
    provenance: {
      ...{ application: 'AlexNet Workbench', version: '0.1.0', runName: 'a run', engine: 'wasm' },
      ...{ datasetName: 'MNIST', step: 300, createdAt: '2026-01-02T03:04:05.678Z' },
      validationAccuracy: 0.98,
    },
    tensors: weightSpecs(buildArchitecture(architecture)).map(({ name, shape }, index) => {
      const values = normals(seed, 9, index, sizeOf(shape));
      const isVariance = name.endsWith('/moving_variance');
      return { name, shape, values: isVariance ? values.map(Math.abs) : values };
    }),
    ...change,
  };
}

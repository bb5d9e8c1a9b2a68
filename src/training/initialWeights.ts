import type { Architecture } from '../domain/architecture/architecture.ts';
import { named, sizeOf, weightSpecs } from '../domain/architecture/shapes.ts';
import type { Initializer } from '../domain/recipe/recipe.ts';
import type { NamedTensor } from '../domain/runs/run.ts';
import { normals, RandomStream } from '../util/random.ts';

/**
 * The weights that a run begins with, a function of the seed alone.
 *
 * `he`: kernels normal with sd sqrt(2 / fan-in), which keeps the variance of activations through
 * ReLU layers (He et al. 2015, "Delving deep into rectifiers", equation 10), biases zero. Before tanh,
 * as LeNet-5 has it, sqrt(1 / fan-in) would keep it; training makes up for the rest.
 * `normal`: kernels and biases standard normal, as TensorFlow's `random_normal` defaults to.
 *
 * What normalises begins as a layer that changes nothing, and takes no number from the stream: the
 * other weights are the same with it and without. Each can be made by itself, by its name.
 */
export function initialWeights(
  architecture: Architecture,
  initializer: Initializer,
  seed: number,
  only?: readonly string[],
): NamedTensor[] {
  const specs = weightSpecs(architecture);
  const drawn = specs.filter(({ initialValue }) => initialValue === undefined);
  return named(specs, only).map((spec) => {
    const { name, shape, initialValue } = spec;
    const count = sizeOf(shape);
    if (initialValue !== undefined) {
      return { name, shape, values: new Float32Array(count).fill(initialValue) };
    }
    const isBias = shape.length === 1;
    if (initializer === 'he' && isBias) return { name, shape, values: new Float32Array(count) };
    const values = normals(seed, RandomStream.initialWeights, drawn.indexOf(spec), count);
    if (initializer === 'he') {
      const fanIn = sizeOf(shape.slice(0, -1));
      const sd = Math.sqrt(2 / fanIn);
      for (let i = 0; i < count; i++) values[i] = (values[i] ?? 0) * sd;
    }
    return { name, shape, values };
  });
}

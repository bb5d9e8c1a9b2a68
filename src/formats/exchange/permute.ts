import { sizeOf } from '../../domain/architecture/shapes.ts';
import type { NamedTensor } from '../../domain/runs/run.ts';
import { at } from '../../util/assert.ts';

/** The tensor with its axes in another order, as `numpy.transpose` does it: axis i of it was `order[i]`. */
export function permuted(
  { name, shape, values }: NamedTensor,
  order: readonly number[],
): NamedTensor {
  const strides = shape.map((_, axis) => sizeOf(shape.slice(axis + 1)));
  const newShape = order.map((axis) => at(shape, axis));
  const steps = order.map((axis) => at(strides, axis));
  const result = new Float32Array(values.length);
  let to = 0;
  const walk = (axis: number, from: number) => {
    const [count, step] = [newShape[axis] ?? 1, steps[axis] ?? 1];
    // Most of the time is spent here, where a call for each number would take many times as long.
    if (axis >= newShape.length - 1) {
      for (let i = 0; i < count; i++) result[to++] = values[from + i * step] ?? 0;
      return;
    }
    for (let i = 0; i < count; i++) walk(axis + 1, from + i * step);
  };
  if (values.length > 0) walk(0, 0);
  return { name, shape: newShape, values: result };
}

/** The order that undoes another. */
export const inverse = (order: readonly number[]): number[] =>
  order.map((_, axis) => order.indexOf(axis));

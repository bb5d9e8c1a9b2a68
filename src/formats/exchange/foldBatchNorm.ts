import type { BatchNormLayer } from '../../domain/architecture/batchNorm.ts';
import type { NamedTensor } from '../../domain/runs/run.ts';
import { assert } from '../../util/assert.ts';

/**
 * Takes a normalisation by moving statistics into the weights of the layer before it:
 * `gamma * (w x + b - mean) / sqrt(variance + epsilon) + beta` is `(w s) x + (b - mean) s + beta` with
 * `s = gamma / sqrt(variance + epsilon)`. The filters, or units, are the last axis of the kernel.
 */
export function foldBatchNorm(
  weights: Map<string, NamedTensor>,
  layer: string,
  { name, epsilon }: BatchNormLayer,
): void {
  const of = (weight: string): NamedTensor => {
    const tensor = weights.get(weight);
    assert(tensor, `there is a weight ${weight}`);
    return tensor;
  };
  const [kernel, bias] = [of(`${layer}/kernel`), of(`${layer}/bias`)];
  const parts = ['gamma', 'beta', 'moving_mean', 'moving_variance'].map(
    (part) => `${name}/${part}`,
  );
  const [gamma, beta, mean, variance] = parts.map((part) => of(part).values);
  for (const part of parts) weights.delete(part);
  const units = bias.values.length;
  const scales = Array.from(
    { length: units },
    (_, i) => (gamma?.[i] ?? 1) / Math.sqrt((variance?.[i] ?? 1) + epsilon),
  );
  const scale = (i: number) => scales[i % units] ?? 1;
  weights.set(kernel.name, { ...kernel, values: kernel.values.map((w, i) => w * scale(i)) });
  weights.set(bias.name, {
    ...bias,
    values: bias.values.map((b, i) => (b - (mean?.[i] ?? 0)) * scale(i) + (beta?.[i] ?? 0)),
  });
}

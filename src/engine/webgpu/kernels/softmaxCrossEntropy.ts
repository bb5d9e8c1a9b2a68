import type { Operation } from '../operation.ts';
import { FLOAT_BYTES } from '../operation.ts';
import { STEP_BINDING, STEP_STRUCT } from '../step.ts';
import { declareBindings, f32, isNan, linearGrid } from '../wgsl.ts';

/**
 * The loss, softmax cross-entropy averaged over the batch, and its gradient in one:
 *
 *   p = softmax(logits),  loss = -log p[label],  dlogits = (p - wanted) / count
 *   wanted = (1 - smoothing) onehot(label) + smoothing / classes
 *
 * (label smoothing: Szegedy et al. 2016, section 7; the loss that is told is that without it), with
 * the largest logit subtracted first, so that no exponential overflows. The labels are those of the
 * whole data set, 16 bits each, and `order` says which images the batch holds. Rows from
 * `step.count` on, in the short last batch of an epoch, count for nothing.
 *
 * `figures` gets each row's loss, and 1 where the largest logit is the label's (the first of equal
 * ones, as argmax has it); `batchMetrics` adds them up.
 */
export interface LossShape {
  readonly batch: number;
  readonly classes: number;
  /** Share of a label that all classes get alike. */
  readonly smoothing: number;
}

/** Operands: `logits`, `labels`, `order`, `dlogits`, `figures`, `step`. */
export function softmaxCrossEntropy({ batch, classes, smoothing }: LossShape): Operation {
  const others = smoothing / classes;
  const grid = linearGrid(batch);
  const wgsl = `${STEP_STRUCT}
${declareBindings([
  { name: 'logits', access: 'read', type: 'array<f32>' },
  { name: 'labels', access: 'read', type: 'array<u32>' },
  { name: 'order', access: 'read', type: 'array<u32>' },
  { name: 'dlogits', access: 'read_write', type: 'array<f32>' },
  { name: 'figures', access: 'read_write', type: 'array<vec2f>' },
  STEP_BINDING,
])}
${grid.main(`
  let first = item * ${classes}u;
  if (item >= step.count) {
    for (var c = 0u; c < ${classes}u; c++) { dlogits[first + c] = 0.0; }
    figures[item] = vec2f();
    return;
  }
  let image = order[item];
  let label = (labels[image / 2u] >> (16u * (image % 2u))) & 65535u;
  var largest = logits[first];
  var predicted = 0u;
  for (var c = 1u; c < ${classes}u; c++) {
    let logit = logits[first + c];
    if ((logit > largest || ${isNan('logit', 1)}) && !${isNan('largest', 1)}) {
      largest = logit;
      predicted = c;
    }
  }
  var sum = 0.0;
  for (var c = 0u; c < ${classes}u; c++) { sum += exp(logits[first + c] - largest); }
  for (var c = 0u; c < ${classes}u; c++) {
    let p = exp(logits[first + c] - largest) / sum;
    let wanted = select(${f32(others)}, ${f32(1 - smoothing + others)}, c == label);
    dlogits[first + c] = (p - wanted) / f32(step.count);
  }
  // The difference first: added to a large logit, the logarithm would lose its digits.
  let loss = log(sum) + (largest - logits[first + label]);
  figures[item] = vec2f(loss, select(0.0, 1.0, predicted == label));`)}`;
  const operands = ['logits', 'labels', 'order', 'dlogits', 'figures', 'step'];
  return {
    op: 'softmaxCrossEntropy',
    shape: `${batch}x${classes}${smoothing > 0 ? `, smoothed ${smoothing}` : ''}`,
    flops: batch * classes * 8,
    bytes: 2 * batch * classes * FLOAT_BYTES,
    variants: [
      {
        name: 'a row each',
        shaders: [{ label: 'softmaxCrossEntropy', wgsl, operands, workgroups: grid.workgroups }],
        scratch: {},
      },
    ],
  };
}

/** How far two programs' logits are apart: the largest difference, by the largest logit; and other labels. */
export function agreement(a: Float32Array, b: ArrayLike<number>, classes: number) {
  if (a.length !== b.length) throw new Error(`${a.length} logits beside ${b.length}`);
  const largest = a.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const difference = a.reduce((most, value, i) => Math.max(most, Math.abs(value - (b[i] ?? 0))), 0);
  let otherLabels = 0;
  for (let row = 0; row < a.length; row += classes) {
    if (label(a, row, classes) !== label(b, row, classes)) otherLabels++;
  }
  return { relativeDifference: difference / largest, otherLabels };
}

function label(logits: ArrayLike<number>, row: number, classes: number): number {
  let best = 0;
  for (let i = 1; i < classes; i++) {
    if ((logits[row + i] ?? 0) > (logits[row + best] ?? 0)) best = i;
  }
  return best;
}

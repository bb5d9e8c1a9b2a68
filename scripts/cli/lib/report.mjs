/**
 * What the commands say: one JSON object a line on standard output for programs, or sentences, of which
 * errors and notices go to standard error. The `confusion` of an evaluation is `[truth][predicted]` for up
 * to 256 classes; for more its counts that are not 0, each as `[truth, predicted, count]`.
 */

/**
 * @typedef {(
 *   | { event: 'step', step: number, loss: number, accuracy: number, imagesPerSecond: number | null }
 *   | { event: 'validation', step: number, loss: number, accuracy: number, images: number }
 *   | { event: 'evaluation', weights?: string, split: string, accuracy: number, interval: Interval,
 *       loss: number, confusion: readonly (readonly number[])[], augmented?: Averaged }
 *   | ({ event: 'ensemble', weights: readonly string[] } & EnsembleFigures)
 *   | ({ event: 'comparison', weights: readonly [string, string] } & PairedComparison)
 *   | { event: 'robustness', weights: string, split: string, datasetName: string, images: number,
 *       rows: readonly { test: string, accuracy: number, cost: number, interval: Interval }[] }
 *   | { event: 'run', variant: string, seed: number, number: number, total: number, step: number,
 *       validation: Figures, training: Figures, gap: number, seconds: number }
 *   | ({ event: 'recipe', seeds: number } & Omit<VariantFigures, 'runs'>)
 *   | { event: 'saved', path: string }
 *   | ({ event: 'prediction', file: string, row?: readonly Character[],
 *       doubts?: readonly import('../../../src/domain/reading/doubts.ts').Doubt[] } & Character)
 *   | { event: 'notice', kind: 'error' | 'warning' | 'info', message: string, code?: string }
 *   | { event: 'error', name: string, message: string, code?: string }
 * )} CliEvent
 */

/** @typedef {import('../../../src/domain/ablation/ablationFigures.ts').VariantFigures} VariantFigures */
/** @typedef {import('../../../src/domain/metrics/differenceInterval.ts').Estimate} Estimate */

/** @typedef {import('../../../src/domain/metrics/wilson.ts').Interval} Interval */
/** @typedef {import('../../../src/domain/metrics/pairedComparison.ts').PairedComparison} PairedComparison */

/** @typedef {import('../../../src/domain/metrics/ensemble.ts').EnsembleFigures} EnsembleFigures */

/** @typedef {{ accuracy: number, interval: Interval, loss: number, views: number }} Averaged */

/** @typedef {{ label: number, className: string, probabilities: readonly number[] }} Character */

/** @typedef {{ images: number, loss: number | null, accuracy: number }} Figures a loss may be endless */

/** @typedef {(event: CliEvent) => void} Report */

/** @param {boolean} json @returns {Report} */
export function createReport(json) {
  if (json) return (event) => console.log(JSON.stringify(event));
  return (event) => {
    if (event.event === 'error' || event.event === 'notice') console.error(sentence(event));
    else console.log(sentence(event));
  };
}

/** @param {CliEvent} event */
export function sentence(event) {
  switch (event.event) {
    case 'step': {
      const speed =
        event.imagesPerSecond === null ? '' : `, ${event.imagesPerSecond.toFixed(0)} images/s`;
      return `Step ${event.step}: ${figures(event)}${speed}`;
    }
    case 'validation':
      return `Validation after step ${event.step}: ${figures(event)}`;
    case 'evaluation':
      return `${evaluationOf(event)}: ${figures(event)} ${range(event.interval)}${withViews(event)}`;
    case 'comparison':
      return comparisonLine(event);
    case 'ensemble':
      return ensembleLine(event);
    case 'robustness':
      return [
        `${event.weights}, on the ${event.split} images of ${event.datasetName}`,
        ...event.rows.map(robustnessLine),
      ].join('\n');
    case 'run': {
      const place = `Run ${event.number} of ${event.total}, ${event.variant}, seed ${event.seed}`;
      const gap = `gap ${points(event.gap)}, ${event.seconds.toFixed(0)} s`;
      return `${place}: validation ${figures(event.validation)}; training ${figures(event.training)}; ${gap}`;
    }
    case 'recipe':
      return recipeLine(event);
    case 'saved':
      return `Saved ${event.path}`;
    case 'prediction':
      return predictionLine(event);
    case 'notice':
    case 'error':
      return event.message;
  }
}

/** @param {{ weights?: string, split: string }} event */
function evaluationOf({ weights, split }) {
  return `${weights === undefined ? 'Evaluation' : weights} on the ${split} images`;
}

/** @param {Interval} interval of a share */
function range({ low, high }) {
  return `(95 %: ${(100 * low).toFixed(2)} to ${percent(high)})`;
}

/** @param {Extract<CliEvent, { event: 'ensemble' }>} event */
function ensembleLine({ weights, combination, members, accuracy, interval, best, gain }) {
  const how = combination === 'mean' ? 'mean of the probabilities' : 'vote';
  const together = `All ${members} together, ${how}: accuracy ${percent(accuracy)} ${range(interval)}`;
  return `${together}\n${comparisonLine({ weights: ['All together', weights[best] ?? ''], ...gain })}`;
}

/** @param {{ weights: readonly [string, string] } & PairedComparison} comparison */
function comparisonLine({
  weights: [first, second],
  difference,
  onlyFirst,
  onlySecond,
  p,
  method,
}) {
  const alone = `${onlyFirst} images only the first reads right, ${onlySecond} only the second`;
  const test = method === 'exact' ? 'exact' : 'corrected for continuity';
  const chance = p < 0.001 ? 'p < 0.001' : `p = ${p.toFixed(3)}`;
  return `${first} minus ${second}: ${between(difference)}; ${alone}; McNemar ${chance}, ${test}`;
}

/** @param {{ accuracy: number, augmented?: Averaged }} event */
function withViews({ accuracy, augmented }) {
  if (!augmented) return '';
  const gain = points(augmented.accuracy - accuracy);
  return `; over ${augmented.views} views each: ${figures(augmented)} ${range(augmented.interval)} (${gain})`;
}

/** @type {Record<string, string>} */
const robustnessWords = {
  plain: 'as they are',
  rotated: 'turned by 15 degrees',
  scaled: 'scaled by 0.85',
  shifted: 'moved by 3 pixels',
};

/** @param {{ test: string, accuracy: number, cost: number, interval: Interval }} row */
function robustnessLine({ test, accuracy, cost, interval }) {
  const words = (robustnessWords[test] ?? test).padEnd(22);
  return `  ${words}${percent(accuracy)} ${range(interval)}${test === 'plain' ? '' : `  ${points(-cost)}`}`;
}

/** @param {{ seeds: number } & Omit<VariantFigures, 'runs'>} event */
function recipeLine({ variant, seeds, accuracy, difference, gap }) {
  const spread = accuracy.spread === undefined ? '' : ` ± ${(100 * accuracy.spread).toFixed(2)}`;
  const validation = `validation accuracy ${percent(accuracy.mean)}${spread}, ${seeds} seeds`;
  const toSeed = difference ? `; difference to seed ${between(difference)}` : '';
  return `${variant}: ${validation}${toSeed}; gap ${between(gap)}`;
}

/** @param {Estimate} estimate */
function between({ mean, low, high }) {
  return `${points(mean)} (95 %: ${points(low)} to ${points(high)})`;
}

/** @param {number} share */
function points(share) {
  return `${share < 0 ? '-' : '+'}${Math.abs(100 * share).toFixed(2)} points`;
}

/** @param {{ loss: number | null, accuracy: number }} point */
function figures({ loss, accuracy }) {
  return `loss ${loss?.toFixed(4) ?? 'not finite'}, accuracy ${percent(accuracy)}`;
}

/** @param {number} share */
function percent(share) {
  return `${(100 * share).toFixed(2)} %`;
}

/** Why what was read may be no digit. */
const doubtWords = {
  cut: 'it reaches the edge of the picture and may be cut off',
  faint: 'it is hardly darker than the grain of the paper',
  many: 'there is more on the picture than was read',
  wide: 'it is wider than any digit; digits that touch are read as one',
  solid: 'it is an area rather than a line',
};

/** @param {Extract<CliEvent, { event: 'prediction' }>} event */
function predictionLine({ file, row, doubts = [], ...first }) {
  const share = (/** @type {Character} */ { label, probabilities }) =>
    percent(probabilities[label] ?? 0);
  const doubt = doubts.map((name) => ` Doubtful: ${doubtWords[name]}.`).join('');
  if (!row) return `${file}: ${first.className} (class ${first.label}, ${share(first)})${doubt}`;
  const names = row.map(({ className }) => className);
  const text = names.join(names.every((name) => name.length === 1) ? '' : ' ');
  return `${file}: ${text} (side by side, ${row.map(share).join(', ')})${doubt}`;
}

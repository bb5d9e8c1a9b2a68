/**
 * What the commands say on standard output: one JSON object a line for programs, or sentences.
 */

/**
 * @typedef {(
 *   | { event: 'step', step: number, loss: number, accuracy: number, imagesPerSecond: number | null }
 *   | { event: 'validation', step: number, loss: number, accuracy: number, images: number }
 *   | { event: 'evaluation', split: string, accuracy: number, loss: number,
 *       confusion: readonly (readonly number[])[] }
 *   | { event: 'saved', path: string }
 *   | { event: 'prediction', file: string, label: number, probabilities: readonly number[] }
 *   | { event: 'error', name: string, message: string, code?: string }
 * )} CliEvent
 */

/** @typedef {(event: CliEvent) => void} Report */

/** @param {boolean} json @returns {Report} */
export function createReport(json) {
  if (json) return (event) => console.log(JSON.stringify(event));
  return (event) => {
    if (event.event === 'error') console.error(sentence(event));
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
      return `Evaluation on the ${event.split} images: ${figures(event)}`;
    case 'saved':
      return `Saved ${event.path}`;
    case 'prediction':
      return `${event.file}: ${event.label} (${percent(event.probabilities[event.label] ?? 0)})`;
    case 'error':
      return event.message;
  }
}

/** @param {{ loss: number, accuracy: number }} point */
function figures({ loss, accuracy }) {
  return `loss ${loss.toFixed(4)}, accuracy ${percent(accuracy)}`;
}

/** @param {number} share */
function percent(share) {
  return `${(100 * share).toFixed(2)} %`;
}

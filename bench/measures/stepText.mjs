import { agreementText } from '../stats/agreement.mjs';
import { digits, digitsOr, percent, range, table } from '../stats/markdown.mjs';

/** @typedef {import('./race.mjs').Race} Race */
/** @typedef {import('./race.mjs').StepResult} StepResult */

/** A race as Markdown. @param {Race} race @param {readonly string[]} absent */
export function stepText(race, absent) {
  const { steps, probes, agreement } = race;
  return [
    whatText(race),
    stepTable(steps),
    startTable(steps),
    ...(probes.length > 0 ? [probeText(probes)] : []),
    agreementText(agreement),
    notes(steps),
    ...absent,
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

/** @param {Pick<Race, 'spec' | 'flops' | 'rounds'>} race */
export function whatText({ spec, flops, rounds }) {
  return (
    `One training step (forward, backward, Adam) of ${networkText(spec)}, batch ${spec.batch}: ` +
    `${flopsText(flops)}. ${rounds === 1 ? 'One round' : `${rounds} rounds`}, the contestants in turns.`
  );
}

/** @param {import('../work/work.ts').WorkSpec} spec */
export function networkText({ arch, width, norm }) {
  if (arch === 'lenet5') return 'LeNet-5';
  return `AlexNet at width ${widthText(width)}, ${norm === 'lrn' ? 'with LRN' : 'without LRN on any side'}`;
}

/** @param {number} width */
export function widthText(width) {
  const parts = 1 / width;
  const isPart = Math.abs(parts - Math.round(parts)) < 1e-9;
  if (!isPart) return `×${width}`;
  return width < 1 ? `1/${Math.round(parts)}` : '1';
}

/** Both sums of a step's products. @param {import('../work/work.ts').Flops} flops */
export const flopsText = ({ padded, inside }) =>
  `${gflop(padded)} GFLOP, taps on the padding counted as is usual, ${gflop(inside)} without ` +
  `(${percent(1 - inside / padded)} less)`;

const gflop = (/** @type {number} */ flops) => digits(flops / 1e9);

/** @param {readonly StepResult[]} steps */
function stepTable(steps) {
  const head = [
    'step',
    'ms',
    'fastest to slowest',
    'images/s',
    'GFLOP/s',
    'of the peak',
    'time / ours',
    'process MB',
    'GPU buffers MB',
  ];
  const rows = steps.map((step) => [
    ...[step.title, digits(step.ms.median), range(step.ms), digits(step.imagesPerSecond)],
    ...[digits(step.gflopsInside), percent(step.shareOfPeak), digitsOr(step.ratioToOurs)],
    ...[whole(step.memory.processMB), whole(step.memory.gpuBuffersMB)],
  ]);
  return table(head, rows);
}

/** @param {number | undefined} value */
const whole = (value) =>
  value === undefined ? '–' : value < 10 ? digits(value) : value.toFixed(0);

/** @param {readonly StepResult[]} steps */
function startTable(steps) {
  const head = [
    'until the first step is done, s',
    'first start',
    'of it open',
    'prepare',
    'first step',
    'second start',
  ];
  const seconds = (/** @type {number} */ ms) => digits(ms / 1000);
  const rows = steps.map(({ title, cold, warm }) => [
    ...[title, seconds(cold.openMs + cold.prepareMs + cold.firstStepMs), seconds(cold.openMs)],
    ...[seconds(cold.prepareMs), seconds(cold.firstStepMs)],
    seconds(warm.openMs + warm.prepareMs + warm.firstStepMs),
  ]);
  return table(head, rows);
}

/** @param {Race['probes']} probes */
export function probeText(probes) {
  const told = (/** @type {Race['probes']} */ some) =>
    some.map(({ title, gflops }) => `${title} ${digits(gflops.median)}`).join('; ');
  const native = probes.filter(({ device }) => device === 'native');
  const bare = probes.filter(({ device }) => device !== 'native');
  return [
    'In the same turns, GFLOP/s:',
    ...(bare.length > 0 ? [`probes that touch no memory: ${told(bare)}.`] : []),
    // It reads and writes memory, as any product does that is of use.
    ...(native.length > 0 ? [`The peak of native code: ${told(native)}.`] : []),
    '*Of the peak* is the share of the highest of the same device in the same round, of the multiply-adds ' +
      'inside the image.',
  ].join(' ');
}

/** What the numbers alone do not say, a line a contestant. @param {readonly StepResult[]} steps */
function notes(steps) {
  const lines = steps.flatMap(({ title, note, facts, burst }) => {
    const told = Object.entries(facts).map(([what, value]) => `${what} ${value}`);
    const all = [
      ...(note === undefined ? [] : [note]),
      ...told,
      ...(burst > 1 ? [`${burst} steps in a row a round`] : []),
    ];
    return all.length > 0 ? [`- ${title}: ${all.join('; ')}.`] : [];
  });
  return lines.join('\n');
}

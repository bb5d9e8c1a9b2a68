import { faultCases, hardwareCases } from './faultCases.mjs';

/** @typedef {import('../../src/util/testing/faults.ts').FaultFigures} FaultFigures */
/** @typedef {import('./faultCases.mjs').FaultCase} FaultCase */

/**
 * What all tests saw of one case together.
 * @typedef {object} FaultRow
 * @property {FaultCase} known
 * @property {number} injected
 * @property {number} survived
 * @property {number | undefined} lossInSteps at worst
 * @property {number | undefined} recoverySeconds at worst
 */

/**
 * A row for each case of the list: counts add up, and of the rest the worst stands.
 * @param {readonly FaultFigures[]} figures
 * @param {readonly FaultCase[]} [cases]
 * @returns {FaultRow[]}
 */
export function faultRows(figures, cases = faultCases) {
  return cases.map((known) => {
    const seen = figures.filter((each) => each.case === known.number);
    return {
      known,
      injected: seen.reduce((sum, { injected }) => sum + injected, 0),
      survived: seen.reduce((sum, { survived }) => sum + survived, 0),
      lossInSteps: worst(seen.map(({ worstLossInSteps }) => worstLossInSteps)),
      recoverySeconds: worst(seen.map(({ worstRecoverySeconds }) => worstRecoverySeconds)),
    };
  });
}

/** @param {readonly (number | undefined)[]} values */
function worst(values) {
  const known = values.filter((value) => value !== undefined);
  return known.length > 0 ? Math.max(...known) : undefined;
}

/**
 * What is wrong with a row, in words; nothing where the case holds.
 * @param {FaultRow} row
 * @param {boolean} isWhole whether each fault had to be injected as often as the list says
 * @returns {string[]}
 */
export function problemsOf({ known, injected, survived, lossInSteps, recoverySeconds }, isWhole) {
  if (injected === 0) return ['was not injected'];
  const problems = [];
  if (isWhole && injected < known.times) problems.push(`was not injected ${known.times} times`);
  if (survived < injected) problems.push(`was not survived ${injected - survived} times`);
  if (known.lossInSteps !== undefined && !((lossInSteps ?? Infinity) <= known.lossInSteps)) {
    problems.push(`may cost ${known.lossInSteps} steps`);
  }
  const { recoverySeconds: bound } = known;
  if (bound !== undefined && !((recoverySeconds ?? Infinity) <= bound)) {
    problems.push(`may take ${bound} s`);
  }
  return problems;
}

/**
 * All cases in the order of their numbers, those that take hardware as not run.
 * @param {readonly FaultRow[]} rows
 * @param {boolean} isWhole
 */
export function faultTable(rows, isWhole) {
  const measured = rows.map((row) => {
    const { known, injected, survived, lossInSteps, recoverySeconds } = row;
    const problems = problemsOf(row, isWhole);
    return [
      ...[String(known.number), known.words, String(injected), String(survived)],
      lossInSteps === undefined ? '-' : String(lossInSteps),
      recoverySeconds === undefined ? '-' : recoverySeconds.toFixed(1),
      problems.length > 0 ? `FAILED: ${problems.join(', ')}` : 'held',
    ];
  });
  const left = hardwareCases.map(({ number, words }) => {
    return [String(number), words, 'not run', '-', '-', '-', 'takes hardware'];
  });
  const sorted = [...measured, ...left].sort((a, b) => Number(a[0]) - Number(b[0]));
  const titles = [
    '',
    'fault',
    'injected',
    'survived',
    'worst loss, steps',
    'worst recovery, s',
    '',
  ];
  const how = hardwareCases.map(
    ({ number, how: lines }) => `\n${number}, on a machine with a GPU:\n  ${lines.join('\n  ')}`,
  );
  return [aligned([titles, ...sorted]), ...how].join('\n');
}

/** @param {readonly (readonly string[])[]} cells */
function aligned(cells) {
  const widths = (cells[0] ?? []).map((_, column) =>
    Math.max(...cells.map((row) => row[column]?.length ?? 0)),
  );
  const line = (/** @type {readonly string[]} */ row) =>
    row
      .map((cell, i) => cell.padEnd(widths[i] ?? 0))
      .join('  ')
      .trimEnd();
  return cells.map(line).join('\n');
}

import { say } from '../../scripts/lib/say.mjs';
import { ask } from '../hosts/stage.mjs';
import { agreementText } from '../stats/agreement.mjs';
import { digits, digitsOr, table } from '../stats/markdown.mjs';
import { gflopsOf } from '../stats/shares.mjs';
import { medianRatio } from '../stats/spread.mjs';
import { timeInTurns } from '../stats/turns.mjs';
import { blasIn } from './blas.mjs';
import { load, openHost, present, startAndProve } from './contest.mjs';
import { flopsText, networkText } from './stepText.mjs';

/**
 * The operations of a step one by one, of all contestants by one clock: repeated in a burst, and divided
 * by its length. That their whole steps compute the same is proved before; each times an operation on
 * operands of its own, ours on those of a step and the others on random ones, so that no output is compared.
 * @type {import('./measure.mjs').Measure}
 */
export async function ops(stage, { only, spec, rounds, threads, pace }) {
  const { entrants, absent } = await present(stage, only);
  const work = await stage.work(spec);
  const works = { timed: work, proof: await stage.work({ ...spec, isProof: true }) };
  const { agreement } = await startAndProve(stage, entrants, works, threads);
  const hosts = [];
  for (const entrant of entrants) {
    const { host, facts } = await openHost(stage, entrant, threads);
    await load(stage, entrant, host, work);
    hosts.push({ entrant, host, facts });
  }
  const results = [];
  for (const operation of work.manifest.operations) {
    const racers = [];
    for (const { entrant, host } of hosts) {
      const { layer, which } = operation;
      const request = /** @type {const} */ ({ do: 'operation', operation: { layer, which } });
      const { absent: lacks } = await ask(host, entrant.id, request);
      if (lacks) continue;
      const run = (/** @type {number} */ times) => ask(host, entrant.id, { do: 'run', times });
      racers.push({ id: entrant.id, run });
    }
    const timings = await timeInTurns(racers, { rounds, tell: () => {}, ...pace });
    const told = timings.map(({ id, ms }) => `${id} ${digits(ms.median)} ms`);
    say(`${operation.name}, ${operation.which}: ${told.join(', ')}`);
    results.push({ ...operation, timings });
  }
  for (const { host } of hosts) await host.close();

  return {
    markdown: [
      opsText({ entrants, results, spec, rounds, flops: work.manifest.flops }),
      agreementText(agreement),
      ...absent,
    ].join('\n\n'),
    data: { spec, rounds, threads, agreement, results, absent },
    blas: blasIn(hosts.map(({ facts }) => facts)),
  };
}

/**
 * @typedef {object} Told
 * @property {readonly Pick<import('../contestants/registry.mjs').Entrant, 'id' | 'title'>[]} entrants
 * @property {readonly (import('../work/operations.ts').ListedOperation & { timings: readonly Pick<import('../stats/turns.mjs').RaceResult, 'id' | 'ms' | 'roundsMs'>[] })[]} results
 * @property {import('../work/work.ts').WorkSpec} spec
 * @property {number} rounds
 * @property {import('../work/work.ts').Flops} flops
 */

/** Every operation beside that of the first contestant. @param {Told} told */
export function opsText({ entrants, results, spec, rounds, flops: ofStep }) {
  const [first, ...others] = entrants;
  const rows = results.map(({ name, which, flops: { inside }, timings }) => {
    const base = timings.find((each) => each.id === first?.id);
    const peers = others.map(({ id }) => timings.find((each) => each.id === id));
    return [
      ...[name, which, inside > 0 ? (inside / 1e6).toFixed(inside < 1e7 ? 2 : 0) : '–'],
      ...[base, ...peers].map((timing) => digitsOr(timing?.ms.median)),
      inside > 0 && base ? digits(gflopsOf(inside, base.ms.median)) : '–',
      ...peers.map((timing) =>
        digitsOr(timing && base && medianRatio(timing.roundsMs, base.roundsMs)),
      ),
    ];
  });
  const head = [
    ...['layer', 'operation', 'MFLOP', ...entrants.map(({ title }) => `${title}, ms`)],
    ...[`${first?.title}, GFLOP/s`, ...others.map(({ title }) => `${title} / ${first?.title}`)],
  ];
  const what =
    `Operations of ${networkText(spec)}, batch ${spec.batch}; medians of ${rounds} rounds in turns, by one ` +
    `clock. A whole step is ${flopsText(ofStep)}; the table counts without. Ours forward has bias and ` +
    'activation in it, PyTorch the bias, the others neither. Each computes on operands of its own, so outputs ' +
    'of single operations are not compared; the losses of whole steps are.';
  return [what, table(head, rows)].join('\n\n');
}

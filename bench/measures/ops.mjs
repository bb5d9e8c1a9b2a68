import { say } from '../../scripts/lib/say.mjs';
import { ask } from '../hosts/stage.mjs';
import { digits, digitsOr, table } from '../stats/markdown.mjs';
import { timeInTurns } from '../stats/turns.mjs';
import { blasIn } from './blas.mjs';
import { load, openHost, present } from './contest.mjs';
import { networkText } from './stepText.mjs';

/**
 * The operations of a step one by one, of all contestants by one clock: repeated in a burst, and divided
 * by its length. @type {import('./measure.mjs').Measure}
 */
export async function ops(stage, { only, spec, rounds, threads, pace }) {
  const { entrants, absent } = await present(stage, only);
  const work = await stage.work(spec);
  const hosts = [];
  for (const entrant of entrants) {
    const { host, facts } = await openHost(stage, entrant, threads);
    await load(stage, entrant, host, work);
    hosts.push({ entrant, host, facts });
  }
  const [first] = entrants;
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
    const timings = await timeInTurns(racers, { rounds, tell: () => {}, warmUpMs: 300, ...pace });
    const told = timings.map(({ id, ms }) => `${id} ${digits(ms.median)} ms`);
    say(`${operation.name}, ${operation.which}: ${told.join(', ')}`);
    results.push({ ...operation, timings });
  }
  for (const { host } of hosts) await host.close();

  const rows = results.map(({ name, which, flops, timings }) => {
    const msOf = (/** @type {string | undefined} */ id) =>
      timings.find((each) => each.id === id)?.ms.median;
    const oursMs = msOf(first?.id);
    const peers = entrants.slice(1).map(({ id }) => msOf(id));
    return [
      ...[
        name,
        which,
        flops > 0 ? (flops / 1e6).toFixed(flops < 1e7 ? 2 : 0) : '–',
        digitsOr(oursMs),
      ],
      ...peers.map(digitsOr),
      flops > 0 && oursMs !== undefined ? digits(flops / oursMs / 1e6) : '–',
      ...peers.map((ms) => digitsOr(ms !== undefined && oursMs ? ms / oursMs : undefined)),
    ];
  });
  const others = entrants.slice(1).map(({ title }) => title);
  const head = [
    ...[
      'layer',
      'operation',
      'MFLOP',
      `${first?.title} ms`,
      ...others.map((title) => `${title} ms`),
    ],
    ...['GFLOP/s', ...others.map((title) => `${title} / ours`)],
  ];
  const what =
    `Operations of ${networkText(spec)}, batch ${spec.batch}; medians of ${rounds} rounds in turns, by one ` +
    'clock. Ours forward has bias and activation in it, PyTorch the bias, the others neither.';
  return {
    markdown: [what, table(head, rows), ...absent].join('\n\n'),
    data: { spec, rounds, threads, results, absent },
    blas: blasIn(hosts.map(({ facts }) => facts)),
  };
}

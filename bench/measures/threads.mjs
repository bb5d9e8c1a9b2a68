import { availableParallelism } from 'node:os';
import { say } from '../../scripts/lib/say.mjs';
import { agreementText } from '../stats/agreement.mjs';
import { digits, percent, range, table } from '../stats/markdown.mjs';
import { blasIn } from './blas.mjs';
import { present } from './contest.mjs';
import { race } from './race.mjs';
import { whatText } from './stepText.mjs';

/** Steps on 1 thread to all. @type {import('./measure.mjs').Measure} */
export async function threads(stage, options) {
  const { entrants, absent } = await present(stage, options.only);
  const { rounds, pace, spec } = options;
  const races = [];
  for (const count of counts(options.threads || availableParallelism())) {
    say(`On ${count} ${count === 1 ? 'thread' : 'threads'}:`);
    const one = { rounds, threads: count, tell: say, withProbes: false, pace };
    races.push({ count, result: await race(stage, entrants, spec, one) });
  }
  const [alone] = races;
  const rows = races.flatMap(({ count, result }) =>
    result.steps.map((step, i) => {
      const single = alone?.result.steps[i]?.ms.median ?? Number.NaN;
      const speedUp = single / step.ms.median;
      return [
        ...[count, step.title, digits(step.ms.median), range(step.ms), digits(speedUp)],
        percent(speedUp / count),
      ];
    }),
  );
  const last = races.at(-1)?.result;
  const head = [
    'threads',
    'step',
    'ms',
    'fastest to slowest',
    'times as fast as one',
    'efficiency',
  ];
  return {
    markdown: [
      ...(last ? [whatText(last)] : []),
      table(head, rows),
      ...(last ? [agreementText(last.agreement)] : []),
      ...absent,
    ].join('\n\n'),
    data: { races, absent },
    blas: blasIn(last?.steps.map(({ facts }) => facts) ?? []),
  };
}

/** Powers of two, and all. @param {number} all */
export function counts(all) {
  const powers = [];
  for (let count = 1; count < all; count *= 2) powers.push(count);
  return [...powers, all];
}

import { say } from '../../scripts/lib/say.mjs';
import { ask } from '../hosts/stage.mjs';
import { digits, table } from '../stats/markdown.mjs';
import { median } from '../stats/spread.mjs';
import { timeInTurns } from '../stats/turns.mjs';
import { openForStep, present } from './contest.mjs';
import { networkText } from './stepText.mjs';

/** As long as several looks are apart: shorter bursts would have one, or none, by chance. */
const BURST_MS = 4000;

/**
 * What looking into a network costs its training: the steps of a run that every layer of is looked into, as
 * often as the app lets it, against the same run left alone, in turns. @type {import('./measure.mjs').Measure}
 */
export async function inspect(stage, options) {
  const { spec, rounds, threads, pace } = options;
  const { entrants, absent } = await present(stage, ['ours-wasm', 'ours-webgpu']);
  const work = await stage.work(spec);
  /** @type {{ id: string, alone: number, looked: number, share: number, looks: number, lookMs: number }[]} */
  const results = [];
  for (const entrant of entrants) {
    say(`${entrant.id}: start ...`);
    const { host } = await openForStep(stage, entrant, work, threads);
    let [looks, lookMs] = [0, 0];
    const racers = [false, true].map((looking) => ({
      id: `${entrant.id}, ${looking ? 'looked into' : 'left alone'}`,
      run: async (/** @type {number} */ times) => {
        const answer = await ask(host, entrant.id, { do: 'run', times, looking });
        looks += answer.looks?.count ?? 0;
        lookMs += answer.looks?.ms ?? 0;
      },
    }));
    const [alone, looked] = await timeInTurns(racers, {
      ...{ rounds, tell: say, burstMs: BURST_MS, ...pace },
    });
    await host.close();
    if (!alone || !looked) continue;
    const rates = (/** @type {typeof alone} */ { roundsMs }) =>
      roundsMs.map((ms) => (1000 * spec.batch) / ms);
    const [before, with_] = [rates(alone), rates(looked)];
    results.push({
      ...{ id: entrant.id, alone: median(before), looked: median(with_) },
      ...{ looks, lookMs: lookMs / looks },
      share: median(with_.map((rate, round) => rate / (before[round] ?? Number.NaN))),
    });
  }
  const head = ['', 'images/s left alone', 'images/s looked into', 'share', 'ms a look'];
  const rows = results.map(({ id, alone, looked, share, lookMs }) => [
    ...[id, digits(alone), digits(looked), `${(100 * share).toFixed(1)} %`, digits(lookMs)],
  ]);
  const what =
    `Training while every layer is looked into, twice a second at most, against the same run left alone, in ` +
    `turns: ${networkText(spec)}, batch ${spec.batch}; median of ${rounds} rounds, and of their shares. ` +
    'A look on the GPU waits for the steps before it.';
  return {
    markdown: [what, table(head, rows), ...absent].join('\n\n'),
    data: { spec, rounds, threads, results, absent },
  };
}

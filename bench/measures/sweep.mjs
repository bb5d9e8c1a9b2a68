import { say } from '../../scripts/lib/say.mjs';
import { digits, table } from '../stats/markdown.mjs';
import { plot } from '../stats/plot.mjs';
import { blasIn } from './blas.mjs';
import { present } from './contest.mjs';
import { race } from './race.mjs';
import { networkText, widthText } from './stepText.mjs';

/** Steps at several widths and batches, as a table and as a plot. @type {import('./measure.mjs').Measure} */
export async function sweep(stage, options) {
  const { entrants, absent } = await present(stage, options.only);
  const { rounds, threads, pace, widths, batches } = options;
  /** @type {{ width: number, batch: number, result: import('./race.mjs').Race }[]} */
  const races = [];
  for (const width of widths) {
    for (const batch of batches) {
      say(`Width ${width}, batch ${batch}:`);
      const spec = { ...options.spec, width, batch };
      const one = { rounds, threads, tell: say, withProbes: false, pace };
      races.push({ width, batch, result: await race(stage, entrants, spec, one) });
    }
  }
  const head = ['width', 'batch', ...entrants.flatMap(({ title }) => [`${title}, ms`, 'images/s'])];
  const rows = races.map(({ width, batch, result }) => [
    ...[widthText(width), batch],
    ...result.steps.flatMap(({ ms, imagesPerSecond }) => [
      digits(ms.median),
      digits(imagesPerSecond),
    ]),
  ]);
  const { norm } = options.spec;
  const title = networkText({ ...options.spec, width: 1 }).replace(' at width 1', '');
  const text = { title: `Images a second: ${title}`, x: 'width of the network', y: 'images/s' };
  const lines = entrants.flatMap((entrant, place) =>
    batches.map((batch, colour) => ({
      ...{ name: `${entrant.title}, batch ${batch}`, colour, dash: place },
      points: races
        .filter((each) => each.batch === batch)
        .map(
          ({ width, result }) =>
            /** @type {const} */ ([width, result.steps[place]?.imagesPerSecond ?? 0]),
        ),
    })),
  );
  const what = `Training steps of ${title}, rounds in turns: ${rounds}, the medians are told; threads: ${threads}. At each point all came to the same first losses.`;
  return {
    markdown: [what, table(head, rows), ...absent].join('\n\n'),
    data: { norm, races, absent },
    blas: blasIn(races.flatMap(({ result }) => result.steps.map(({ facts }) => facts))),
    plots: { sweep: plot(text, lines) },
  };
}

import { SetupError, say } from '../../scripts/lib/say.mjs';
import { entrantOf } from '../contestants/registry.mjs';
import { ask } from '../hosts/stage.mjs';
import { table } from '../stats/markdown.mjs';
import { load, openHost } from './contest.mjs';
import { flopsText, networkText } from './stepText.mjs';

/** Every dispatch or kernel call of our step. @type {import('./measure.mjs').Measure} */
export async function plan(stage, { engine, spec, rounds, threads }) {
  const id = `ours-${engine}`;
  const entrant = entrantOf(id);
  const why = entrant && (await stage.absence(entrant));
  if (!entrant || why !== undefined) throw new SetupError(`${id} cannot be measured here: ${why}.`);
  const work = await stage.work(spec);
  const { host } = await openHost(stage, entrant, threads);
  await load(stage, entrant, host, work);
  say('Timing every call ...');
  const { plan: made } = await ask(host, id, { do: 'plan', rounds });
  await host.close();
  if (!made) throw new SetupError(`${id} gave no plan.`);
  const { head, rows, summary } = made;
  const what = `The training step of ${networkText(spec)}, batch ${spec.batch}: ${summary} Its products are ${flopsText(work.manifest.flops)}; the table counts them without. Medians of ${rounds}.`;
  return {
    markdown: [what, table(head, rows)].join('\n\n'),
    data: { spec, rounds, threads, head, rows, summary },
  };
}

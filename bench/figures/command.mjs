import { readFile } from 'node:fs/promises';
import { isDeepStrictEqual } from 'node:util';
import { inProject } from '../../scripts/lib/paths.mjs';
import { readCommand } from '../../scripts/lib/readCommand.mjs';
import { runCommand, SetupError, say, UsageError } from '../../scripts/lib/say.mjs';
import { readCommandLine } from '../commandLine.mjs';
import { stoppable } from '../hosts/stopping.mjs';
import { measureAccuracy } from './accuracy.mjs';
import { withFigure } from './markers.mjs';
import { readRecord, writeInto, writeRecord } from './records.mjs';
import { figureOf, figures } from './registry.mjs';
import { staleness } from './stale.mjs';
import { summaryOf } from './summary.mjs';

const usage = `Usage: npm run figures -- NAME...
       npm run figures -- --stale

Measures these figures again and writes them to their places in README and docs, with the commit, the
machine and the command that made them; what was measured stays in bench/results. Run it when the machine
has nothing else to do. With --stale it says which are older than what they measure.

${figures.map(({ name, takes, of }) => `  ${name.padEnd(24)}${of ? `a part of ${of}` : `about ${takes}`}`).join('\n')}`;

await runCommand(async () => {
  const args = readCommand({ usage, options: { stale: { type: 'boolean' } }, words: 'NAME' });
  if (!args) return 0;
  if (args.flags.has('stale')) {
    if (args.words.length > 0) throw new UsageError('--stale is of all figures.');
    await tellStale();
    return 0;
  }
  if (args.words.length === 0) throw new UsageError('Which figures?');
  const chosen = args.words.map((name) => {
    const figure = figureOf(name);
    if (!figure) throw new UsageError(`There is no figure "${name}".`);
    return figure;
  });
  for (const figure of chosen) {
    // What one figure has opened is closed before the next is measured.
    const status = await stoppable((leave) => make(figure, leave));
    if (status) return status;
  }
  return 0;
}, usage);

process.stdout.write('', () => process.exit());

/**
 * @param {import('./registry.mjs').Figure} figure
 * @param {(last: () => unknown) => void} leave
 */
async function make(figure, leave) {
  const { name, bench, train, as } = figure;
  if (as) return writeSummary(figure);
  say(`\n=== ${name} ===`);
  const command = `npm run figures -- ${name}`;
  if (train) {
    const { markdown, json } = await measureAccuracy(train, command, leave);
    await writeRecord(name, { ...json, words: train });
    return writeFigure(figure, markdown);
  }
  const wanted = readCommandLine(bench ?? []);
  if (!wanted) throw new SetupError(`${name} has no measurement.`);
  const { measure } = await import('../run.mjs');
  const { markdown, json, plots } = await measure(wanted, command, leave);
  await writeRecord(name, { ...json, words: bench });
  const svg = figure.plot === undefined ? undefined : plots[figure.plot];
  if (svg) await writeInto(inProject(`docs/figures/${name}.svg`), svg);
  const picture = svg ? `![${name}](figures/${name}.svg)\n\n` : '';
  await writeFigure(figure, `${picture}${markdown}`);
  for (const other of figures.filter((each) => each.of === name)) await writeSummary(other);
}

/** @param {import('./registry.mjs').Figure} figure */
async function writeSummary(figure) {
  const record = await readRecord(figure.of ?? '');
  if (!record)
    throw new SetupError(
      `${figure.name} is a part of ${figure.of}, which was never made: "npm run figures -- ${figure.of}" ` +
        'measures it and writes both.',
    );
  await writeFigure(figure, summaryOf(record));
}

/** @param {import('./registry.mjs').Figure} figure @param {string} content */
async function writeFigure({ name, files }, content) {
  for (const file of files) {
    const path = inProject(file);
    await writeInto(path, withFigure(await readFile(path, 'utf8'), name, content));
    say(`Written: ${name} in ${file}.`);
  }
}

async function tellStale() {
  let fresh = 0;
  for (const { name, covers, of, bench, train } of figures) {
    if (of) continue;
    const record = await readRecord(name);
    const isOther = record && !isDeepStrictEqual(record.words, bench ?? train);
    const why = isOther ? 'made with other options' : await staleness(record?.provenance, covers);
    if (why === undefined) fresh++;
    else console.log(`${name}: ${why}`);
  }
  const all = figures.filter(({ of }) => !of).length;
  console.log(`${fresh} of ${all} figures are of this code.`);
}

import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runCommand } from '../scripts/lib/say.mjs';
import { readCommandLine, usage } from './commandLine.mjs';
import { stoppable } from './hosts/stopping.mjs';

/** `npm run bench`, with `--node` `npm run bench:node`, and with `--measure plan` `npm run plan`. */
const words = process.argv.slice(2);

await runCommand(async () => {
  const wanted = readCommandLine(words);
  if (!wanted) {
    console.log(usage);
    return 0;
  }
  // Imports packages that may have to be installed first.
  const { measure } = await import('./run.mjs');
  return stoppable(async (leave) => {
    const { markdown, json, plots } = await measure(wanted, typedCommand(), leave);
    for (const [name, svg] of Object.entries(wanted.out ? plots : {})) {
      await mkdir(wanted.out ?? '', { recursive: true });
      await writeFile(join(wanted.out ?? '', `${name}.svg`), svg);
    }
    console.log(wanted.json ? JSON.stringify(json) : markdown);
  });
}, usage);

// What a package has left running keeps nobody waiting.
process.stdout.write('', () => process.exit());

function typedCommand() {
  const rest = words.filter((word) => word !== '--node');
  const script = words.includes('--node') ? 'bench:node' : 'bench';
  return [`npm run ${script}`, ...(rest.length > 0 ? ['--', ...rest] : [])].join(' ');
}

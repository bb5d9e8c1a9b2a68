import '../scripts/lib/requireNode.mjs';
import { availableParallelism, cpus } from 'node:os';
import { ensurePackages } from '../scripts/lib/ensurePackages.mjs';
import { runCommand } from '../scripts/lib/say.mjs';
import { ensureBenchPackages, versionOf } from './lib/benchPackages.mjs';
import { readCommandLine, usage } from './lib/commandLine.mjs';

/** `npm run bench`, with `--node` `npm run bench:node`, and with `--measure plan` `npm run plan`. */
await runCommand(async () => {
  const { measure, help, json, inNode, options } = readCommandLine();
  if (help) {
    console.log(usage);
    return;
  }
  // Playwright is for development, and drives the browser.
  await ensurePackages({ dev: !inNode });
  await ensureBenchPackages();
  const facts = {
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    command: typedCommand(inNode),
    jaxVersion: await versionOf('@jax-js/jax'),
  };
  // Both import packages that may have been installed just now.
  const outcome = inNode
    ? await import('./lib/inNode.mjs').then(({ runInNode }) => runInNode(measure, options, facts))
    : await import('./lib/inPage.mjs').then(({ runInPage }) => runInPage(measure, options, facts));
  console.log(json ? JSON.stringify(outcome.json) : outcome.markdown);
}, usage);

// Dawn's threads would keep the process alive.
process.stdout.write('', () => process.exit());

/** @param {boolean} inNode */
function typedCommand(inNode) {
  const rest = process.argv.slice(2).filter((arg) => arg !== '--node');
  return [
    `npm run bench${inNode ? ':node' : ''}`,
    ...(rest.length > 0 ? ['--', ...rest] : []),
  ].join(' ');
}

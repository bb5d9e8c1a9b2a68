import { availableParallelism, cpus } from 'node:os';
import { ensurePackages } from '../scripts/lib/ensurePackages.mjs';
import { runCommand } from '../scripts/lib/say.mjs';
import { ensureBenchPackages, versionOf } from './lib/benchPackages.mjs';
import { readCommandLine, usage } from './lib/commandLine.mjs';

/** `npm run bench`, with `--node` `npm run bench:node`, and with `--measure plan` `npm run plan`. */
await runCommand(async () => {
  const wanted = readCommandLine();
  if (!wanted) return;
  const { engine, measure, json, inNode, options } = wanted;
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
    : await runInBrowser({ engine, name: measure, options }, facts);
  console.log(json ? JSON.stringify(outcome.json) : outcome.markdown);
}, usage);

// Dawn's threads would keep the process alive.
process.stdout.write('', () => process.exit());

/** @type {typeof import('./lib/inPage.mjs').runInPage} */
async function runInBrowser(wanted, facts) {
  const { ensureKernels } = await import('../scripts/lib/buildKernels.mjs');
  await ensureKernels();
  const { runInPage } = await import('./lib/inPage.mjs');
  return runInPage(wanted, facts);
}

/** @param {boolean} inNode */
function typedCommand(inNode) {
  const rest = process.argv.slice(2).filter((arg) => arg !== '--node');
  return [
    `npm run bench${inNode ? ':node' : ''}`,
    ...(rest.length > 0 ? ['--', ...rest] : []),
  ].join(' ');
}

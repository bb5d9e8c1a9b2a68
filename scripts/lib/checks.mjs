import { inProject, root } from './paths.mjs';
import { run } from './run.mjs';
import { say } from './say.mjs';

/** @typedef {import('./outcome.mjs').Outcome} Outcome */

/** What can be said of the sources without running them. */
const checks = [
  { name: 'types', script: 'typescript/bin/tsc', args: ['--project', 'scripts'] },
  {
    name: 'lint and format',
    script: '@biomejs/biome/bin/biome',
    args: ['check', '--error-on-warnings'],
  },
  {
    name: 'import direction',
    script: 'dependency-cruiser/bin/dependency-cruise.mjs',
    args: ['src', '--config', '.dependency-cruiser.mjs'],
  },
  { name: 'the size of what is embedded', own: 'scripts/lib/embedSize.mjs', args: [] },
];

/** Runs every check, whatever the ones before gave. @returns {Promise<Outcome>} */
export async function runChecks() {
  let passed = 0;
  let failed = 0;
  for (const { name, script, own, args } of checks) {
    say(`Checking ${name} ...`);
    const path = inProject(own ?? `node_modules/${script}`);
    const status = await run(process.execPath, [path, ...args], { cwd: root });
    if (status === 0) passed++;
    else {
      failed++;
      say(`The check of ${name} failed.`);
    }
  }
  return { passed, failed, skipped: [] };
}

import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inProject, root } from './paths.mjs';
import { run } from './run.mjs';

/**
 * Runs Vitest in a process of its own and gives what it counted. A Vitest that fails without a
 * failed test (it crashed, or found no test) counts as one failed test.
 * @param {readonly string[]} args
 * @returns {Promise<import('./outcome.mjs').Outcome>}
 */
export async function runVitest(args) {
  const folder = await mkdtemp(join(tmpdir(), 'workbench-test-'));
  const report = join(folder, 'outcome.json');
  try {
    const status = await run(
      process.execPath,
      [
        inProject('node_modules/vitest/vitest.mjs'),
        'run',
        '--reporter=default',
        `--reporter=${inProject('scripts/lib/outcomeReporter.mjs')}`,
        ...args,
      ],
      { cwd: root, env: { WORKBENCH_OUTCOME: report } },
    );
    /** @type {import('./outcome.mjs').Outcome} */
    const counted = await readFile(report, 'utf8')
      .then((text) => JSON.parse(text))
      .catch(() => ({ passed: 0, failed: 0, skipped: [] }));
    return status !== 0 && counted.failed === 0 ? { ...counted, failed: 1 } : counted;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

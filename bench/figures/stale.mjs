import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { root } from '../../scripts/lib/paths.mjs';

/**
 * Why a figure is not of today's code; undefined where it is.
 * @param {{ commit: string, dirty: boolean } | undefined} provenance of its record; none where it was never made
 * @param {readonly string[]} covers
 * @param {(...args: string[]) => Promise<string>} [git]
 */
export async function staleness(provenance, covers, git = runGit) {
  if (!provenance) return 'never made';
  const { commit, dirty } = provenance;
  if (dirty) return `made at ${commit} with changes that are in no commit`;
  const since = await git('rev-list', '--count', `${commit}..HEAD`, '--', ...covers).catch(
    () => '',
  );
  if (since === '') return `made at ${commit}, which this repository does not have`;
  if (Number(since) > 0) {
    return `${since} ${since === '1' ? 'commit' : 'commits'} since ${commit} changed what it measures`;
  }
  const changes = await git('status', '--porcelain', '--', ...covers);
  return changes === '' ? undefined : 'what it measures has changes that are in no commit';
}

/** @param {string[]} args */
async function runGit(...args) {
  const { stdout } = await promisify(execFile)('git', args, { cwd: root });
  return stdout.trim();
}

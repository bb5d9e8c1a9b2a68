import { describe, expect, it } from 'vitest';
import { staleness } from './stale.mjs';

const made = { commit: 'abc', dirty: false };
/** A git that counts so many commits since, and so many changes. */
const git =
  (/** @type {string} */ commits, changes = '') =>
  async (/** @type {string[]} */ ...args) =>
    args[0] === 'rev-list' ? commits : changes;

describe('a figure', () => {
  it('is of today where nothing of what it measures changed', async () => {
    expect(await staleness(made, ['src'], git('0'))).toBeUndefined();
  });

  it.each([
    ['never made', undefined, git('0')],
    ['2 commits since abc changed', made, git('2')],
    ['has changes that are in no commit', made, git('0', ' M src/x.ts')],
    ['made at abc with changes', { ...made, dirty: true }, git('0')],
  ])('is stale: %s', async (why, provenance, run) => {
    expect(await staleness(provenance, ['src'], run)).toContain(why);
  });

  it('is stale where its commit is gone', async () => {
    const gone = async () => Promise.reject(new Error('bad revision'));
    expect(await staleness(made, ['src'], gone)).toContain('does not have');
  });
});

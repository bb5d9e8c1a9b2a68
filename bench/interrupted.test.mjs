import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { inProject, root } from '../scripts/lib/paths.mjs';

/** Folders of bundles that benchmarks have now. */
async function folders() {
  const names = await readdir(inProject('node_modules/.cache')).catch(() => []);
  return names.filter((name) => name.startsWith('workbench-bench-'));
}

/** Processes that a benchmark of this number began: a browser is told by its profile's parent. */
async function descendantsOf(/** @type {number} */ pid) {
  const ids = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name));
  const parents = new Map();
  for (const id of ids) {
    const stat = await readFile(`/proc/${id}/stat`, 'utf8').catch(() => '');
    const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
    parents.set(Number(id), parent);
  }
  const found = new Set([pid]);
  for (let grown = true; grown; ) {
    const before = found.size;
    for (const [id, parent] of parents) if (found.has(parent)) found.add(id);
    grown = found.size > before;
  }
  found.delete(pid);
  return [...found];
}

const isAlive = async (/** @type {number} */ pid) =>
  !/^State:\s*Z/m.test(await readFile(`/proc/${pid}/status`, 'utf8').catch(() => 'State: Z'));

/** Starts a benchmark, interrupts it when it says `word`, and tells how it ended. */
async function interruptAt(/** @type {RegExp} */ word) {
  const args = [
    'bench/bench.mjs',
    '--only',
    'ours-wasm,tfjs-cpu',
    '--width',
    '0.0625',
    '--batch',
    '2',
  ];
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  const { pid = 0 } = child;
  let said = '';
  /** @type {number[]} */
  let children = [];
  let isInterrupted = false;
  const look = async () => {
    if (isInterrupted || !word.test(said)) return;
    isInterrupted = true;
    children = await descendantsOf(pid);
    child.kill('SIGINT');
  };
  child.stderr.on('data', (data) => {
    said += data;
    void look();
  });
  child.stdout.resume();
  if (word.test('')) setTimeout(look, 1500);
  const [status] = await once(child, 'close');
  const alive = [];
  for (const id of children) if (await isAlive(id)) alive.push(id);
  return {
    status,
    said,
    alive,
    folder: `workbench-bench-${pid}`,
    hadChildren: children.length > 0,
  };
}

describe.skipIf(process.platform !== 'linux')('a benchmark that is interrupted', () => {
  it('leaves nothing behind while it measures', async () => {
    const { status, said, alive, folder, hadChildren } = await interruptAt(/second start/);
    expect(status).toBe(130);
    expect(hadChildren).toBe(true);
    expect(alive).toEqual([]);
    expect(await folders()).not.toContain(folder);
    expect(said.trim().split('\n').at(-1)).toBe('Interrupted. Closing what was opened ...');
  });

  it('leaves nothing behind while it bundles', async () => {
    const { status, said, folder } = await interruptAt(/^/);
    expect(status).toBe(130);
    expect(await folders()).not.toContain(folder);
    expect(said).not.toMatch(/\n\s+at /);
  });
});

import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { availableParallelism, cpus, release, totalmem, type } from 'node:os';
import { promisify } from 'node:util';
import { root } from '../../scripts/lib/paths.mjs';

/**
 * Where, when and of which code a measurement was made: without it the numbers mean nothing.
 * @typedef {object} Provenance
 * @property {string} date
 * @property {string} commit
 * @property {boolean} dirty whether there were changes that are in no commit
 * @property {Processor} processor
 * @property {string} system
 * @property {number} memoryGB
 * @property {string} [runner] the browser, or Node with Dawn
 * @property {string} [adapter]
 * @property {number} [threads]
 * @property {string} [blas]
 * @property {string} command as it can be typed again
 */

/**
 * @typedef {object} Processor
 * @property {string} name
 * @property {string} [family] of its makers: numbers that say more than a name that a machine made up
 * @property {string} [model]
 * @property {readonly string[]} flags those of its vectors
 * @property {number} cores
 */

/** @param {string} command @returns {Promise<Provenance>} */
export async function provenanceOf(command) {
  return {
    ...{ date: new Date().toISOString().slice(0, 10), ...(await codeState()) },
    processor: await describeProcessor(),
    system: `${type()} ${release()}`,
    memoryGB: Math.round(totalmem() / 1e9),
    command,
  };
}

async function codeState() {
  const git = async (/** @type {string[]} */ ...args) =>
    (await promisify(execFile)('git', args, { cwd: root })).stdout;
  try {
    const changes = await git('status', '--porcelain', '-z');
    const commit = await git('rev-parse', '--short=10', 'HEAD');
    return { commit: commit.trim(), dirty: isDirty(changes) };
  } catch {
    return { commit: 'unknown', dirty: true };
  }
}

/**
 * Whether anything has changed but for what the command itself writes, which is no change of what it
 * measures.
 * @param {string} status of `git status --porcelain -z`: two letters, a space and a path, each ended by a
 *   zero; of what was renamed the former path follows, alone
 */
export function isDirty(status) {
  const entries = status.split('\0').filter((entry) => entry !== '');
  for (let i = 0; i < entries.length; i++) {
    const entry = entries[i] ?? '';
    if (!isWritten(entry.slice(3))) return true;
    if (/^(?:[RC]|.[RC])/.test(entry) && !isWritten(entries[++i] ?? '')) return true;
  }
  return false;
}

/** Tables, plots and results. @param {string} path */
const isWritten = (path) =>
  path.startsWith('docs/') || path === 'README.md' || path.startsWith('bench/results/');

async function describeProcessor() {
  const info = await readFile('/proc/cpuinfo', 'utf8').catch(() => '');
  return {
    ...processorIn(info, cpus()[0]?.model.trim() ?? 'unknown'),
    cores: availableParallelism(),
  };
}

const WANTED_FLAGS = /^(avx|avx2|fma|avx512f|avx512_bf16|amx_tile|avx_vnni|asimd|sve)$/;

/**
 * @param {string} info of /proc/cpuinfo
 * @param {string} fallback
 */
export function processorIn(info, fallback) {
  const field = (/** @type {string} */ name) =>
    new RegExp(`^${name}\\s*:\\s*(.+)$`, 'm').exec(info)?.[1]?.trim();
  const family = field('cpu family');
  const model = field('model');
  return {
    name: field('model name') ?? fallback,
    ...(family === undefined ? {} : { family }),
    ...(model === undefined ? {} : { model }),
    flags: (field('flags') ?? field('Features') ?? '')
      .split(' ')
      .filter((flag) => WANTED_FLAGS.test(flag)),
  };
}

/**
 * One line under a table.
 * @param {Provenance} provenance
 */
export function provenanceText(provenance) {
  const { date, commit, dirty, processor, system, memoryGB, runner, adapter, threads, blas } =
    provenance;
  const { name, family, model, flags, cores } = processor;
  const numbers = [family && `family ${family}`, model && `model ${model}`].filter(Boolean);
  const told = [
    `${date}, commit ${commit}${dirty ? ' with changes' : ''}`,
    `${name}${numbers.length > 0 ? ` (${numbers.join(', ')})` : ''}, ${cores} cores, ${flags.join(' ') || 'vectors unknown'}`,
    `${memoryGB} GB, ${system}`,
    ...(runner ? [runner] : []),
    ...(adapter ? [`adapter ${adapter}`] : []),
    ...(threads ? [`${threads} ${threads === 1 ? 'thread' : 'threads'}`] : []),
    ...(blas ? [`BLAS ${blas}`] : []),
    `\`${provenance.command}\``,
  ];
  return `*${told.join('; ')}*`;
}

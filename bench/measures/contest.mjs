import { SetupError, say } from '../../scripts/lib/say.mjs';
import { entrantOf } from '../contestants/registry.mjs';
import { peakMemoryOf } from '../hosts/processes.mjs';
import { ask } from '../hosts/stage.mjs';
import { agreementOf } from '../stats/agreement.mjs';

/** @typedef {import('../contestants/registry.mjs').Entrant} Entrant */
/** @typedef {import('../hosts/stage.mjs').Stage} Stage */
/** @typedef {import('../hosts/stage.mjs').Host} Host */
/** @typedef {import('../hosts/stage.mjs').StagedWork} StagedWork */
/** @typedef {Readonly<Record<string, string | number>>} Facts */

/**
 * What somebody waits for before the second step, in milliseconds.
 * @typedef {object} Start
 * @property {number} openMs the page or process, the engine, the module
 * @property {number} prepareMs the network, its shaders and buffers; the files of the work were read before
 * @property {number} firstStepMs with whatever compiles when it is first used
 */

/** @typedef {{ entrant: Entrant, host: Host, facts: Facts, start: Start }} Opened */

/**
 * Those of the names that can take part, and why the others cannot.
 * @param {Stage} stage
 * @param {readonly string[]} names
 */
export async function present(stage, names) {
  const entrants = [];
  const absent = [];
  for (const name of names) {
    const entrant = entrantOf(name);
    if (!entrant) throw new RangeError(`there is no contestant ${name}`);
    const why = await stage.absence(entrant);
    if (why === undefined) entrants.push(entrant);
    else absent.push(`Without ${entrant.title}: ${why}.`);
  }
  for (const line of absent) say(line);
  return { entrants, absent };
}

/**
 * Opens a contestant in a place of its own and does its first step.
 * @param {Stage} stage
 * @param {Entrant} entrant
 * @param {StagedWork} work
 * @param {number} threads
 * @param {boolean} [isFirst] see Stage.open
 * @returns {Promise<Opened>}
 */
export async function openForStep(stage, entrant, work, threads, isFirst = false) {
  const { id } = entrant;
  // What all contestants share is no part of anybody's start.
  await stage.prepareFor(entrant);
  const begin = performance.now();
  const { host, facts } = await openHost(stage, entrant, threads, isFirst);
  const openMs = performance.now() - begin;
  await load(stage, entrant, host, work);
  const loaded = performance.now();
  const step = await ask(host, id, { do: 'step' });
  const prepared = performance.now();
  await ask(host, id, { do: 'run', times: 1 });
  const start = {
    openMs,
    prepareMs: prepared - loaded,
    firstStepMs: performance.now() - prepared,
  };
  return { entrant, host, facts: { ...facts, ...step.facts }, start };
}

/**
 * A contestant in a place of its own, on so many threads.
 * @param {Stage} stage
 * @param {Entrant} entrant
 * @param {number} threads
 * @param {boolean} [isFirst] see Stage.open
 * @returns {Promise<{ host: Host, facts: Facts }>}
 */
export async function openHost(stage, entrant, threads, isFirst = false) {
  const { id, module, settings = {} } = entrant;
  const host = await stage.open(entrant, threads, isFirst);
  const options = { threads, settings };
  const { facts = {} } = await ask(host, id, { do: 'open', module, options });
  return { host, facts };
}

/**
 * Has a contestant read a work, in no time that is told.
 * @param {Stage} stage @param {Entrant} entrant @param {Host} host @param {StagedWork} work
 */
export const load = (stage, entrant, host, work) =>
  ask(host, entrant.id, { do: 'load', ...stage.filesFor(entrant.host, work) });

/**
 * Lets everybody make its first start, and then proves that all compute the same: two steps on one batch
 * without dropout, whose first loss and whose change of it may not differ.
 * @param {Stage} stage
 * @param {readonly Entrant[]} entrants
 * @param {{ timed: StagedWork, proof: StagedWork }} works the second with isProof
 * @param {number} threads
 * @param {boolean} [mayFail] whether who cannot do it is left out, with the reason
 */
export async function startAndProve(stage, entrants, works, threads, mayFail = false) {
  /** @type {{ entrant: Entrant, start: Start, facts: Facts, losses: readonly (number | undefined)[] }[]} */
  const proved = [];
  const failed = [];
  for (const entrant of entrants) {
    say(`${entrant.id}: first start, and proof that it computes the same ...`);
    try {
      proved.push({ entrant, ...(await proofOf(stage, entrant, works, threads)) });
    } catch (error) {
      if (!mayFail || !(error instanceof SetupError)) throw error;
      failed.push(`It cannot be done: ${error.message}`);
    }
  }
  const losses = proved.map(({ entrant, losses }) => ({ id: entrant.id, losses }));
  return { proved, failed, losses, agreement: agreementOf(losses) };
}

/**
 * @param {Stage} stage
 * @param {Entrant} entrant
 * @param {{ timed: StagedWork, proof: StagedWork }} works
 * @param {number} threads
 */
async function proofOf(stage, entrant, { timed, proof }, threads) {
  const { host, start, facts } = await openForStep(stage, entrant, timed, threads, true);
  await load(stage, entrant, host, proof);
  await ask(host, entrant.id, { do: 'step' });
  const first = await ask(host, entrant.id, { do: 'run', times: 1 });
  const second = await ask(host, entrant.id, { do: 'run', times: 1 });
  await host.close();
  return { start, facts, losses: [first.loss, second.loss] };
}

/**
 * What a contestant has held at its most.
 * @param {Opened} opened
 */
export async function memoryOf({ entrant, host }) {
  const { gpuBufferBytes = 0, facts = {} } =
    entrant.host === 'python' ? {} : await ask(host, entrant.id, { do: 'memory' });
  const pids = await host.pids();
  const bytes = await Promise.all(pids.map(peakMemoryOf));
  const known = bytes.filter((each) => each !== undefined);
  return {
    ...(known.length > 0 ? { processMB: known.reduce((sum, each) => sum + each, 0) / 1e6 } : {}),
    ...(gpuBufferBytes > 0 ? { gpuBuffersMB: gpuBufferBytes / 1e6 } : {}),
    facts,
  };
}

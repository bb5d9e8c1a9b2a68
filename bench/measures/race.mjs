import { probes } from '../contestants/registry.mjs';
import { ask } from '../hosts/stage.mjs';
import { gflopsOf, shareOfPeak } from '../stats/shares.mjs';
import { median, medianRatio, spreadOf } from '../stats/spread.mjs';
import { timeInTurns } from '../stats/turns.mjs';
import { load, memoryOf, openForStep, openHost, startAndProve } from './contest.mjs';

/** @typedef {import('../contestants/registry.mjs').Entrant} Entrant */
/** @typedef {import('../hosts/stage.mjs').Stage} Stage */
/** @typedef {import('../hosts/stage.mjs').WorkSpec} WorkSpec */
/** @typedef {import('./contest.mjs').Start} Start */

/**
 * What a training step of one contestant comes to.
 * @typedef {object} StepResult
 * @property {string} id
 * @property {string} title
 * @property {string} [note]
 * @property {Readonly<Record<string, string | number>>} facts
 * @property {Start} cold the first start, of a page in an empty profile of its own
 * @property {Start} warm the second, of the same page or process
 * @property {number} burst
 * @property {number} warmUps
 * @property {readonly number[]} roundsMs
 * @property {import('../stats/spread.mjs').Spread} ms
 * @property {number} imagesPerSecond
 * @property {number} gflops taps on the padding counted
 * @property {number} gflopsInside without them
 * @property {number} [shareOfPeak] of the highest probe of its device in the same round, of gflopsInside
 * @property {number} [ratioToOurs] the median over the rounds
 * @property {{ processMB?: number, gpuBuffersMB?: number }} memory
 */

/** @typedef {{ id: string, title: string, device: string, gflops: import('../stats/spread.mjs').Spread }} ProbeResult */

/**
 * Times whole training steps, each contestant in a place of its own, and probes of what their devices can
 * do in the same turns.
 * @param {Stage} stage
 * @param {readonly Entrant[]} all who take part
 * @param {WorkSpec} spec
 * @param {{ rounds: number, threads: number, tell: (line: string) => void, withProbes?: boolean, pace?: object, mayFail?: boolean }} options
 */
export async function race(stage, all, spec, options) {
  const { rounds, threads, tell, withProbes = true, pace = {}, mayFail = false } = options;
  const timed = await stage.work(spec);
  const proof = await stage.work({ ...spec, isProof: true });
  const started = await startAndProve(stage, all, { timed, proof }, threads, mayFail);
  const { proved, failed, agreement, losses } = started;
  const entrants = proved.map(({ entrant }) => entrant);
  const opened = [];
  for (const entrant of entrants) {
    tell(`${entrant.id}: second start ...`);
    opened.push(await openForStep(stage, entrant, timed, threads));
  }
  const devices = new Set(entrants.map(({ device }) => device));
  const wanted = withProbes ? [...devices].flatMap((device) => probes[device] ?? []) : [];
  const opening = wanted.map((probe) => openProbe(stage, probe, timed, threads));
  const probing = await Promise.all(opening);
  const racers = [...opened, ...probing].map(({ entrant, host }) => ({
    id: entrant.id,
    run: (/** @type {number} */ times) => ask(host, entrant.id, { do: 'run', times }),
  }));
  const roundTripMs = await roundTrip(opened);
  const results = await timeInTurns(racers, { rounds, tell, ...pace });
  const ours = results.find(({ id }) => id.startsWith('ours-'));
  const { batch } = spec;
  const { padded, inside } = timed.manifest.flops;
  const probed = probing.map(({ entrant, flops }, i) => {
    const { roundsMs } = at(results, opened.length + i);
    return { entrant, flops, roundsMs };
  });

  /** @type {StepResult[]} */
  const steps = [];
  for (const [i, one] of opened.entries()) {
    const { entrant } = one;
    const { burst, warmUps, roundsMs, ms } = at(results, i);
    const { facts: factsNow, ...memory } = await memoryOf(one);
    const own = probed.filter((probe) => probe.entrant.device === entrant.device);
    const share = shareOfPeak(inside, roundsMs, own);
    steps.push({
      ...{ id: entrant.id, title: entrant.title },
      ...(entrant.note === undefined ? {} : { note: entrant.note }),
      ...{ facts: { ...one.facts, ...factsNow }, cold: at(proved, i).start, warm: one.start },
      ...{ burst, warmUps, roundsMs, ms },
      imagesPerSecond: (1000 * batch) / ms.median,
      gflops: gflopsOf(padded, ms.median),
      gflopsInside: gflopsOf(inside, ms.median),
      ...(share === undefined ? {} : { shareOfPeak: share }),
      ...(ours ? { ratioToOurs: medianRatio(roundsMs, ours.roundsMs) } : {}),
      memory,
    });
  }
  /** @type {ProbeResult[]} */
  const probeResults = probed.map(({ entrant, flops, roundsMs }) => ({
    ...{ id: entrant.id, title: entrant.title, device: entrant.device },
    gflops: spreadOf(roundsMs.map((ms) => gflopsOf(flops, ms))),
  }));
  for (const { host } of [...opened, ...probing]) await host.close();
  const { parameters } = timed.manifest;
  return {
    ...{ spec, parameters, rounds, threads, agreement, losses, failed, roundTripMs },
    ...{ flops: { padded, inside }, steps, probes: probeResults },
  };
}

/** @typedef {Awaited<ReturnType<typeof race>>} Race */

/**
 * @param {Stage} stage
 * @param {Entrant} entrant
 * @param {import('../hosts/stage.mjs').StagedWork} work whatever it is; a probe reads nothing of it
 * @param {number} threads
 */
async function openProbe(stage, entrant, work, threads) {
  const { host } = await openHost(stage, entrant, threads);
  await load(stage, entrant, host, work);
  const request = /** @type {const} */ ({ do: entrant.host === 'python' ? 'peak' : 'step' });
  const { flops = Number.NaN } = await ask(host, entrant.id, request);
  return { entrant, host, flops };
}

/**
 * What a question costs that asks for nothing, of each kind of host: what no burst can be shorter than.
 * @param {readonly import('./contest.mjs').Opened[]} opened
 */
async function roundTrip(opened) {
  /** @type {Record<string, number>} */
  const byHost = {};
  for (const { entrant, host } of opened) {
    if (byHost[entrant.host] !== undefined) continue;
    const times = [];
    for (let i = 0; i < 9; i++) {
      const start = performance.now();
      await ask(host, entrant.id, { do: 'run', times: 0 });
      times.push(performance.now() - start);
    }
    byHost[entrant.host] = median(times);
  }
  return byHost;
}

/** @template T @param {readonly T[]} list @param {number} index @returns {T} */
function at(list, index) {
  const item = list[index];
  if (item === undefined) throw new RangeError(`there are ${list.length}, and no ${index}`);
  return item;
}

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeIdx } from '../src/formats/testing/idxFiles.ts';
import { images16 } from '../src/formats/testing/smallSets.ts';
import { hostileInput, hostileKinds } from '../src/testing/hostile/hostileInputs.ts';
import { at } from '../src/util/assert.ts';
import { errorTexts } from '../src/util/errorTexts.ts';
import { waitForPhase } from './support/actions.ts';
import { type EnduredTogether, HostilePage, watchWorkers } from './support/hostilePage.ts';
import { openSite, type Site } from './support/site.ts';
import type { Endured } from './support/tryInputs.ts';

/** `npm run hostile` sets them: how many, which, and from which on. */
const {
  HOSTILE_COUNT: count = '500',
  HOSTILE_SEED: seed = '1',
  HOSTILE_FROM: from = '0',
} = process.env;

/** Where no number is asked for: as many of them as a minute holds. */
const MOST_MS = process.env.HOSTILE_COUNT === undefined ? 60_000 : Number.POSITIVE_INFINITY;
const MOST_SILENT_MS = 1000;
const MOST_MEMORY_BYTES = 512 * 2 ** 20;
/** Handed to the page at once; its memory and what is stored are looked at before and after. */
const TOGETHER = 10;
/** On a busy machine a worker may wait that long for its turn: what comes again is a fault. */
const ATTEMPTS = 3;
const MOST_FAULTS = 5;
const TOLD_EVERY = 100;

const inputsFrom = (first: number, count: number) =>
  Array.from({ length: count }, (_, i) => hostileInput(Number(seed), first + i));

/** What is wrong with what came of an input, in a line. */
function faultIn({ outcome, silentMs, changes }: Endured): string | undefined {
  const isRefused = Object.hasOwn(errorTexts, outcome) || outcome.startsWith('picture: ');
  if (outcome !== 'accepted' && !isRefused) return outcome;
  if (changes.length > 0) return changes.join('; ').slice(0, 500);
  return silentMs > MOST_SILENT_MS
    ? `silent for ${Math.round(silentMs)} ms (${outcome})`
    : undefined;
}

/** What is wrong with what came of several. */
function faultOfAll({ memoryBytes, changes }: EnduredTogether): string | undefined {
  if (changes.length > 0) return `not the same any more: ${changes.join(', ')}`;
  if (memoryBytes > MOST_MEMORY_BYTES) return `${Math.round(memoryBytes / 2 ** 20)} MiB more`;
  return undefined;
}

/**
 * Tries it again, alone, where time or memory may be the machine's. A worker that had to wait for its turn among
 * other programs was silent without having been busy.
 */
async function faultAlone(tried: HostilePage, index: number): Promise<string | undefined> {
  let fault: string | undefined;
  for (let attempt = 1; attempt === 1 || (fault && attempt < ATTEMPTS); attempt++) {
    const endured = await tried.endure(inputsFrom(index, 1));
    const { silentMs, ...others } = at(endured.each, 0);
    const busyMs = Math.min(silentMs, endured.busiestMs);
    fault = faultIn({ ...others, silentMs: busyMs }) ?? faultOfAll(endured);
  }
  return fault;
}

describe('whatever hostile file is opened', () => {
  let site: Site;

  beforeAll(async () => {
    const address = '?engine=wasm&threads=1&recipe=seed&arch=lenet5&batch=2&steps=2&lang=en';
    site = await openSite(address, { serviceWorkers: 'block' }, { prepare: watchWorkers });
    await waitForPhase(site.page, 'idle');
    const set = [
      ['train-images', [...encodeIdx([20, 16, 16], images16(20))]],
      [
        'train-labels',
        [
          ...encodeIdx(
            [20],
            Uint8Array.from({ length: 20 }, (_, i) => i % 10),
          ),
        ],
      ],
    ] as const;
    await site.page.evaluate(async (set) => {
      const files = set.map(([name, bytes]) => new File([Uint8Array.from(bytes)], name));
      await window.workbench.importDataset(files);
      await window.workbench.train();
    }, set);
    await waitForPhase(site.page, 'idle');
  });
  afterAll(() => site?.close());

  it('it is refused in words or read, and the page is as it was', {
    timeout: 86_400_000,
  }, async () => {
    const tried = await HostilePage.of(site.page);
    const faults: string[] = [];
    const outcomes = new Map<string, Map<string, number>>();
    const begun = performance.now();
    const [first, end] = [Number(from), Number(from) + Number(count)];
    const several = (start: number) => inputsFrom(start, Math.min(TOGETHER, end - start));
    const note = (index: number, fault: string, inputs = inputsFrom(index, 1)) => {
      const words = inputs.map(({ door, words }) => `${door}, ${words}`).join('; ');
      const again = `--seed ${seed} --from ${index} --count ${inputs.length}`;
      faults.push(`${again}: ${words}: ${fault}`);
      console.log(faults.at(-1));
    };
    let inputs = several(first);
    for (let start = first; start < end && faults.length < MOST_FAULTS; start += TOGETHER) {
      if (performance.now() - begun > MOST_MS) break;
      const now = inputs;
      // The next ones are made while the page reads these.
      const endured = await tried.endure(now, () => {
        inputs = several(start + TOGETHER);
      });
      const ofAll = faultOfAll(endured);
      if (endured.changes.length > 0) note(start, `${ofAll}`, now);
      for (const [i, each] of endured.each.entries()) {
        const kind = at(hostileKinds, (start + i) % hostileKinds.length);
        const ofKind = outcomes.get(kind) ?? new Map<string, number>();
        outcomes.set(kind, ofKind);
        ofKind.set(each.outcome, (ofKind.get(each.outcome) ?? 0) + 1);
        const seen = faultIn(each);
        // What has changed may not change again.
        if (each.changes.length > 0) note(start + i, `${seen}`);
        else if (seen || ofAll) {
          const fault = await faultAlone(tried, start + i);
          if (fault) note(start + i, fault);
        }
      }
      const done = start + now.length - first;
      if (done % TOLD_EVERY === 0) {
        console.log(`${done} in ${Math.round((performance.now() - begun) / 1000)} s`);
      }
    }
    await tried.close();
    for (const [kind, ofKind] of outcomes) {
      console.log(kind, JSON.stringify(Object.fromEntries(ofKind)));
    }
    expect(faults).toEqual([]);
    if (Number(count) >= hostileKinds.length) expect(outcomes.size).toBe(hostileKinds.length);
  });

  it('it goes on with the run that there was', async () => {
    const { page } = site;
    const step = await page.evaluate(async () => (await window.workbench.resume(2)).step);
    expect(step).toBe(4);
    expect(site.complaints).toEqual([]);
  });
});

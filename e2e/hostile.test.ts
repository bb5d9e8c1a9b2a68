import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeIdx } from '../src/formats/testing/idxFiles.ts';
import { images16 } from '../src/formats/testing/smallSets.ts';
import { hostileInput, hostileKinds } from '../src/testing/hostile/hostileInputs.ts';
import { errorTexts } from '../src/util/errorTexts.ts';
import { waitForPhase } from './support/actions.ts';
import { type Endured, HostilePage, watchWorkers } from './support/hostilePage.ts';
import { openSite, type Site } from './support/site.ts';

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
/** On a busy machine a worker may wait that long for its turn: what comes again is a fault. */
const ATTEMPTS = 3;
const MOST_FAULTS = 5;
const TOLD_EVERY = 100;

/** What is wrong with what came of an input, in a line. */
function faultIn({ outcome, silentMs, memoryBytes, changes }: Endured): string | undefined {
  const isRefused = Object.hasOwn(errorTexts, outcome) || outcome.startsWith('picture: ');
  if (outcome !== 'accepted' && !isRefused) return outcome;
  if (changes.length > 0) return changes.join('; ').slice(0, 500);
  if (silentMs > MOST_SILENT_MS) return `silent for ${Math.round(silentMs)} ms (${outcome})`;
  if (memoryBytes > MOST_MEMORY_BYTES) {
    return `${Math.round(memoryBytes / 2 ** 20)} MiB more (${outcome})`;
  }
  return undefined;
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
    const seconds = new Map<string, number>();
    const begun = performance.now();
    const [first, end] = [Number(from), Number(from) + Number(count)];
    for (let index = first; index < end && faults.length < MOST_FAULTS; index++) {
      if (performance.now() - begun > MOST_MS) break;
      const input = hostileInput(Number(seed), index);
      let fault: string | undefined;
      let endured: Endured | undefined;
      for (let attempt = 1; attempt === 1 || (fault && attempt <= ATTEMPTS); attempt++) {
        endured = await tried.endure(input);
        fault = faultIn(endured);
      }
      const kind = `${hostileKinds[index % hostileKinds.length]}`;
      const ofKind = outcomes.get(kind) ?? new Map<string, number>();
      outcomes.set(kind, ofKind);
      const { outcome = '' } = endured ?? {};
      ofKind.set(outcome, (ofKind.get(outcome) ?? 0) + 1);
      if (fault) {
        const names = input.files.slice(0, 2).map(({ name }) => JSON.stringify(name.slice(0, 40)));
        const words = `${input.door}, ${input.words}, ${input.files.length} files, ${names}`;
        faults.push(`--seed ${seed} --from ${index} --count 1: ${words}: ${fault}`);
        console.log(faults.at(-1));
      }
      if ((index + 1 - first) % TOLD_EVERY === 0) {
        console.log(`${index + 1 - first} in ${Math.round((performance.now() - begun) / 1000)} s`);
      }
    }
    for (const [kind, ofKind] of outcomes) {
      const took = `${Math.round(seconds.get(kind) ?? 0)} s`;
      console.log(kind, took, JSON.stringify(Object.fromEntries(ofKind)));
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

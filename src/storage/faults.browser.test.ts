import { deleteDB, type IDBPDatabase, openDB } from 'idb';
import { afterEach, describe, expect, it } from 'vitest';
import type { NamedTensor } from '../domain/runs/run.ts';
import { hashOf, PIECE_BYTES } from '../util/bytePieces.ts';
import { pcg4d } from '../util/random.ts';
import { eachInjects, faultTimes } from '../util/testing/faults.ts';
import { RunStore } from './runStore.ts';
import { CHUNKS_OF_TENSORS, damage, keepIn, keysIn, recordOf, tensorsOf } from './testing/runs.ts';
import type { WriteProbe } from './writeCheckpoint.ts';

const NAME = 'workbench-faults-test';
/** The chunks and the commit. */
const WRITES = CHUNKS_OF_TENSORS + 1;
const opened: RunStore[] = [];

async function openStore(probe?: WriteProbe): Promise<RunStore> {
  const store = await RunStore.open(NAME, probe);
  opened.push(store);
  return store;
}

/** A store whose nth write from now on breaks, once. */
async function storeThatBreaks(fault: WriteProbe) {
  let writesLeft = Number.POSITIVE_INFINITY;
  const store = await openStore((transaction) => {
    if (--writesLeft === 0) fault(transaction);
  });
  return { store, breakAt: (write: number) => (writesLeft = write) };
}

afterEach(async () => {
  for (const store of opened.splice(0)) store.close();
  await deleteDB(NAME);
});

describe.each([
  { case: 16, fault: 'an aborted transaction', code: 'storage.interrupted' },
  { case: 15, fault: 'a full disk', code: 'storage.quota' },
])('$fault', ({ case: faultCase, fault, code }) => {
  eachInjects(faultCase, fault);
  let brokenAt = 0;
  const breakWrite: WriteProbe = (transaction) => {
    brokenAt = performance.now();
    if (code === 'storage.interrupted') transaction.abort();
    else throw new DOMException('The quota has been exceeded.', 'QuotaExceededError');
  };

  it.for(Array.from({ length: WRITES }, (_, i) => i + 1))(
    `at write %i of ${WRITES} is never said to be saved, and leaves the one before`,
    async (write, { task }) => {
      const { store, breakAt } = await storeThatBreaks(breakWrite);
      await keepIn(store, recordOf('r', 1), tensorsOf(1));
      await keepIn(store, recordOf('r', 2), tensorsOf(2));
      breakAt(write);

      await expect(keepIn(store, recordOf('r', 3), tensorsOf(3))).rejects.toMatchObject({ code });
      const worstRecoverySeconds = (performance.now() - brokenAt) / 1000;

      expect(await keysIn(NAME, 'commits')).toEqual([
        ['r', 1],
        ['r', 2],
      ]);
      expect(await keysIn(NAME, 'chunks')).toHaveLength(2 * CHUNKS_OF_TENSORS);
      const { record, tensors, damaged } = await store.load('r');
      expect(record.step).toBe(2);
      expect(tensors[1]?.values.every((value) => value === 2)).toBe(true);
      expect(damaged).toEqual([]);
      await keepIn(store, recordOf('r', 4), tensorsOf(4));
      expect((await store.load('r')).record.step).toBe(4);
      const figures = { injected: 1, survived: 1, worstRecoverySeconds };
      task.meta.fault = { case: faultCase, words: fault, ...figures };
    },
  );
});

describe('chunks that somebody removes while a checkpoint is written', () => {
  eachInjects(16, 'chunks are removed while they are written');
  it('keep it from being said to be saved', async () => {
    let writes = 0;
    let other: IDBPDatabase | undefined;
    const store = await openStore(() => {
      writes++;
      // Its turn is after the first chunk's writing and before the commit, whatever else the machine does.
      if (writes > WRITES) void other?.delete('chunks', ['r', 2, 0]);
    });
    await keepIn(store, recordOf('r', 1), tensorsOf(1));
    other = await openDB(NAME);
    const saving = keepIn(store, recordOf('r', 2), tensorsOf(2));

    await expect(saving).rejects.toMatchObject({ code: 'storage.interrupted' });
    other.close();

    expect((await store.load('r')).record.step).toBe(1);
  });
});

describe('damage', () => {
  it('is found every time, wherever it is, and the checkpoint before is loaded', async ({
    task,
  }) => {
    const small = (fill: number): NamedTensor[] => [
      { name: 'a', shape: [50_000], values: new Float32Array(50_000).fill(fill) },
    ];
    const store = await openStore();
    let found = 0;
    for (let i = 0; i < 100; i++) {
      const id = `r${i}`;
      await keepIn(store, recordOf(id, 1), small(1));
      await keepIn(store, recordOf(id, 2), small(2));
      const bit = pcg4d(17, i, 0, 0)[0] % (50_000 * 32);
      await damage(NAME, [id, 2, 0], i % 4 === 0 ? 'remove' : { bit });
      const { record, tensors, damaged } = await store.load(id);
      const isWhole = tensors[0]?.values.every((value) => value === 1);
      if (record.step === 1 && isWhole && damaged[0]?.code === 'storage.corrupt') found++;
    }
    expect(found).toBe(100);
    const words = 'a bit flips or a chunk is gone';
    task.meta.fault = { case: 17, words, injected: 100, survived: found };
  });
});

/** Of this page, array buffers included, after what nobody holds any more was collected. */
async function memoryBytes(): Promise<number> {
  const measure: unknown = Reflect.get(performance, 'measureUserAgentSpecificMemory');
  if (typeof measure !== 'function') throw new Error('The page is not isolated.');
  return (await measure.call(performance)).bytes;
}

/** Weights and moments of the whole AlexNet, or fewer of the same kind. */
const STATE_MB = faultTimes(450, 60);

describe(`${STATE_MB} MB of state`, () => {
  eachInjects(21, `${STATE_MB} MB of state`);
  /** Thirty tensors of unequal sizes, every value another bit pattern. */
  const stateOf = (): NamedTensor[] => {
    let bits = 12345;
    return Array.from({ length: 30 }, (_, i) => {
      const length = Math.round((((i % 5) + 0.5) * STATE_MB * 1e6) / 4 / 75);
      const words = new Uint32Array(length);
      for (let j = 0; j < length; j++) {
        bits = (Math.imul(bits, 1664525) + 1013904223) >>> 0;
        words[j] = bits;
      }
      return { name: `t${i}`, shape: [length], values: new Float32Array(words.buffer) };
    });
  };
  const hashesOf = async (tensors: readonly NamedTensor[]) => {
    const hashes: string[] = [];
    for (const { values } of tensors) {
      hashes.push(await hashOf(new Uint8Array(values.buffer as ArrayBuffer)));
    }
    return hashes;
  };

  it('come back to the bit', { timeout: 240_000 }, async () => {
    const store = await openStore();
    const written = await hashesOf(stateOf());
    const { bytes } = await keepIn(store, recordOf('r', 1), stateOf());
    expect(bytes / 1e6).toBeCloseTo(STATE_MB, 0);

    const { tensors } = await store.load('r');

    expect(await hashesOf(tensors)).toEqual(written);
  });

  it('take little more memory than themselves while they are loaded', {
    timeout: 240_000,
  }, async () => {
    const store = await openStore();
    const { bytes } = await keepIn(store, recordOf('r', 1), stateOf());
    const before = await memoryBytes();
    let loading = true;
    const loaded = store.load('r').finally(() => {
      loading = false;
    });

    let peak = 0;
    while (loading) peak = Math.max(peak, await memoryBytes());

    expect((await loaded).tensors).toHaveLength(30);
    expect(peak - before).toBeLessThan(Math.max(1.5 * bytes, bytes + 4 * PIECE_BYTES));
  });
});

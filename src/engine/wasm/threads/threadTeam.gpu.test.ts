import { afterEach, describe, expect, it } from 'vitest';
import { WorkbenchError } from '../../../util/errors.ts';
import { expectBothLanguages } from '../../../util/testing/bothLanguages.ts';
import { refusalIn } from '../../../util/testing/refusalIn.ts';
import { fetchKernels } from '../fetchKernels.ts';
import { failureIn, tellFailure } from './failure.ts';
import { SYNC_BYTES } from './sync.ts';
import type { ThreadAnswer, ThreadOrder } from './thread.ts';
import { openHelper, startHelper, ThreadTeam } from './threadTeam.ts';

/** Threads that fail, in a real browser: what is thrown in a worker's handler, its owner never hears. */

const cleanUps: (() => void)[] = [];
afterEach(() => {
  for (const cleanUp of cleanUps.splice(0)) cleanUp();
});

const sharedMemory = () => new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true });

function helper(): Worker {
  const worker = startHelper();
  cleanUps.push(() => worker.terminate());
  return worker;
}

async function refusalOf(outcome: Promise<unknown>): Promise<WorkbenchError> {
  const error = await outcome.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof WorkbenchError) return error;
  throw new Error(`refused with words was expected, not ${String(error)}`);
}

async function teamOf(threads: number): Promise<ThreadTeam> {
  const team = await ThreadTeam.open(65536, threads);
  cleanUps.push(() => team.dispose());
  return team;
}

const [PIXELS, ORDER, TABLE, X, LABELS] = [8192, 1024, 2048, 4096, 16384];
const BATCH = 4;
const FAR = 0x40000000;

/** Fetches a batch of images of 16 bytes; threads divide it. Images far outside of the memory trap. */
function gather(team: ThreadTeam, images: readonly number[]): () => void {
  new Uint32Array(team.memory.buffer, ORDER, BATCH).set(images);
  const args = [PIXELS, LABELS, ORDER, TABLE, X, LABELS + 1024, BATCH, 16];
  const list = team.learn([{ kernel: 'gatherBatch', args }]);
  return () => team.run(list);
}

describe('a thread that cannot start', () => {
  it('says why', async () => {
    // A module that wants what nobody gives it: (module (import "x" "y" (func))).
    const bytes = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 4, 1, 0x60, 0, 0, 2, 7, 1, 1, 0x78, 1, 0x79];
    const module = await WebAssembly.compile(Uint8Array.from([...bytes, 0, 0]));
    const order = { type: 'open', module, memory: sharedMemory(), thread: 1, threads: 2 } as const;
    const error = await refusalOf(openHelper(helper(), order));
    expect(error.code).toBe('engine.threadFailed');
    expect(error.message).toContain('WebAssembly.instantiate()');
  });
});

describe('a thread that fails', () => {
  it('answers, and leaves the reason to whoever waits for it', async () => {
    const memory = sharedMemory();
    const worker = helper();
    const module = await fetchKernels('shared');
    await openHelper(worker, { type: 'open', module, memory, thread: 1, threads: 2 });
    const answer = new Promise<ThreadAnswer>((resolve) => {
      worker.onmessage = ({ data }: MessageEvent<ThreadAnswer>) => resolve(data);
    });
    worker.postMessage({ type: 'run', list: 7 } satisfies ThreadOrder);
    const message = 'Broken invariant: thread 1 knows list 7';
    expect(await answer).toEqual({ type: 'failed', message });
    expect(failureIn(memory)).toBe(message);
  });

  it.each([2, 3, 4])(
    'ends the step of %d threads with its reason, and all later ones',
    async (n) => {
      for (const failing of [0, 1, 2, 3]) {
        const team = await teamOf(n);
        gather(team, [0, 1, 2, 3])();
        const images = [0, 1, 2, 3].map((image) => (image === failing ? FAR : image));
        const broken = gather(team, images);
        const error = refusalIn(broken);
        expect(error.code).toBe('engine.threadFailed');
        expect(error.message).toContain('out of bounds');
        expectBothLanguages(error, String(n));
        expect(refusalIn(gather(team, [0, 1, 2, 3])).message).toBe(error.message);
      }
    },
  );

  it('has its reason cut to the room that there is', () => {
    const memory = sharedMemory();
    expect(failureIn(memory)).toBeUndefined();
    tellFailure(memory, 'x'.repeat(2 * SYNC_BYTES));
    tellFailure(memory, 'a later one');
    expect(failureIn(memory)).toMatch(/^x+$/);
    expect(new Uint8Array(memory.buffer, SYNC_BYTES).every((byte) => byte === 0)).toBe(true);
  });
});

import { beforeEach, describe, expect, it } from 'vitest';
import type { EngineName } from '../../domain/machine/engineReport.ts';
import { encodeIdx } from '../../formats/testing/idxFiles.ts';
import { blobs } from '../../formats/testing/sameDataset.ts';
import { tinyImages } from '../../training/testing/tinyRun.ts';
import { heapUse } from '../../util/testing/heap.ts';
import { Session } from '../session.ts';
import { bringTinySet, sessionRecipe } from '../testing/tinySession.ts';

/** What the browser learns of code that runs again and again; twenty networks kept are more. */
const MOST_OBJECT_BYTES = 300_000;
/** Three of these networks may still lie about: the weights of one are 83,164 bytes, of twenty 1.6 million. */
const MOST_BUFFER_BYTES = 250_000;
const TIMES = 20;
const PATIENCE = { timeout: 30_000 };
/** Until everything is there that stays. */
const FIRST_TIMES = 6;

/** With two runs of one set. What it tells the page nobody keeps. */
async function openSession(engine: EngineName): Promise<Session> {
  const session = new Session(() => undefined);
  await session.start({ engine, tuning: 'off', siteUrl: location.href, threads: 1 });
  await bringTinySet(session);
  for (const seed of [1, 2]) await session.train({ ...sessionRecipe, seed });
  return session;
}

/** Brings a set of the shape that the run knows, with so many images to predict. */
function bringImages(session: Session, count: number) {
  const [train, test] = [tinyImages(12), tinyImages(count)];
  const { height, width } = train.shape;
  return session.importDataset(
    blobs({
      'train-images-idx3-ubyte': encodeIdx([train.count, height, width], train.pixels),
      'train-labels-idx1-ubyte': encodeIdx([train.count], train.labels),
      't10k-images-idx3-ubyte': encodeIdx([count, height, width], test.pixels),
      't10k-labels-idx1-ubyte': encodeIdx([count], test.labels),
    }),
  );
}

async function expectNoGrowth(round: (i: number) => Promise<unknown>): Promise<void> {
  for (let i = 0; i < FIRST_TIMES; i++) await round(i);
  const before = await heapUse();
  for (let i = 0; i < TIMES; i++) await round(i);
  // What is free is cleared away beside the work, a while after it was found.
  const growth = async () => {
    const { objects, buffers } = await heapUse();
    return [objects - before.objects, buffers - before.buffers] as const;
  };
  await expect.poll(async () => (await growth())[0], PATIENCE).toBeLessThan(MOST_OBJECT_BYTES);
  await expect.poll(async () => (await growth())[1], PATIENCE).toBeLessThan(MOST_BUFFER_BYTES);
}

describe.each(['wasm', 'webgpu'] as const)('the heap of a session on %s', (engine) => {
  let session: Session;
  beforeEach(async () => {
    session = await openSession(engine);
  });

  it('is what it was after twenty runs were opened, read with and left', async () => {
    const runs = (await session.listRuns()).slice(0, 2).map(({ id }) => id);
    await expectNoGrowth(async (i) => {
      await session.openRun(String(runs[i % 2]));
      await session.evaluate();
    });
  });

  it('is what it was after sets of 1 to 100 images were predicted', async () => {
    await expectNoGrowth(async (i) => {
      await bringImages(session, 1 + 5 * (i % TIMES));
      await session.exportPredictions('submission');
    });
  });
});

it('the heap of a session is what it was after twenty changes of the engine', async () => {
  const session = await openSession('wasm');
  await expectNoGrowth(async (i) => {
    await session.selectEngine(i % 2 === 0 ? 'webgpu' : 'wasm');
    await session.evaluate();
  });
}, 120_000);

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright';
import type { HostileInput } from '../../src/testing/hostile/hostileInput.ts';
import { Renderers } from './renderers.ts';
import { storedHashes } from './storedHashes.ts';
import { type Endured, type PackedInput, tryInputs } from './tryInputs.ts';
import { beforeWorker } from './workerPrelude.ts';

/** What came of several, one after another. */
export interface EnduredTogether {
  readonly each: readonly Endured[];
  /** Above what the page had, at most; 0 where the system does not tell. */
  readonly memoryBytes: number;
  /** What the busiest thread of the page computed; endless where the system does not tell. */
  readonly busiestMs: number;
  /** What is not the same any more, bit by bit, of what is in use and of what is stored. */
  readonly changes: readonly string[];
}

/** Often enough to tell a worker that is at rest from one that is stuck. */
const HEARTBEAT_MS = 40;
/** Twice what a worker may be silent before it is taken for hung. */
const GIVEN_UP_MS = 40_000;

/** To be done before the page is opened. */
export async function watchWorkers(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const watch = { workers: 0, heardAt: performance.now(), silentMs: 0 };
    window.hostileWatch = watch;
    window.Worker = new Proxy(Worker, {
      construct(target, args: ConstructorParameters<typeof Worker>) {
        watch.workers++;
        const worker = new target(...args);
        worker.addEventListener('message', () => {
          const now = performance.now();
          watch.silentMs = Math.max(watch.silentMs, now - watch.heardAt);
          watch.heardAt = now;
        });
        return worker;
      },
    });
  });
  // The heartbeat of a second would hide what a second of silence is.
  const beatFaster = (beatMs: number) => {
    const plain = self.setInterval.bind(self) as (call: () => void, ms: number) => number;
    const faster = (call: () => void, ms: number) => plain(call, ms === 1000 ? beatMs : ms);
    Object.assign(self, { setInterval: faster });
  };
  await beforeWorker(page, beatFaster, HEARTBEAT_MS);
}

/** A page that hostile inputs are tried on, one after another. */
export class HostilePage {
  private readonly folders: string[] = [];

  private constructor(
    private readonly page: Page,
    private readonly renderers: Renderers | undefined,
  ) {}

  /** Of a page that is open, with a data set and a run. */
  static async of(page: Page): Promise<HostilePage> {
    await page.evaluate(() => {
      const input = document.createElement('input');
      Object.assign(input, { type: 'file', id: 'hostile', hidden: true });
      document.body.append(input);
    });
    return new HostilePage(page, await Renderers.find());
  }

  get measuresMemory(): boolean {
    return this.renderers !== undefined;
  }

  /** @param meanwhile what there is to do here while the page is busy */
  async endure(inputs: readonly HostileInput[], meanwhile = () => {}): Promise<EnduredTogether> {
    const files = await this.handOver(inputs);
    const hashesBefore = await this.page.evaluate(storedHashes);
    const before = (await this.renderers?.begin()) ?? 0;
    const asked = this.page.evaluate(tryInputs, { inputs: files, givenUpMs: GIVEN_UP_MS });
    meanwhile();
    const each = await asked;
    const highest = (await this.renderers?.highest()) ?? 0;
    const busiestMs = (await this.renderers?.busiestMs()) ?? Number.POSITIVE_INFINITY;
    const hashes = await this.page.evaluate(storedHashes);
    const all = new Set([...Object.keys(hashesBefore), ...Object.keys(hashes)]);
    const changes = [...all].filter((what) => hashes[what] !== hashesBefore[what]);
    return { each, changes, busiestMs, memoryBytes: Math.max(0, highest - before) };
  }

  /** All of them as one file that was chosen, of which they are parts: as texts they would take longer than to be read. */
  private async handOver(inputs: readonly HostileInput[]): Promise<readonly PackedInput[]> {
    const folder = await mkdtemp(join(tmpdir(), 'hostile-'));
    this.folders.push(folder);
    const pieces: Uint8Array[] = [];
    let length = 0;
    const packed = inputs.map(({ door, files }) => ({
      door,
      files: files.map(({ name, bytes }) => {
        pieces.push(bytes);
        const start = length;
        length += bytes.length;
        return { name, start, end: length };
      }),
    }));
    const path = join(folder, 'all.bin');
    await writeFile(path, Buffer.concat(pieces));
    await this.page.locator('#hostile').setInputFiles(path);
    // What is read late is of the last ones.
    for (const old of this.folders.splice(0, this.folders.length - 3)) await removed(old);
    return packed;
  }

  async close(): Promise<void> {
    await Promise.all(this.folders.map(removed));
  }
}

const removed = (folder: string) => rm(folder, { recursive: true, force: true });

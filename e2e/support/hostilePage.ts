import type { Page } from 'playwright';
import type { HostileInput } from '../../src/testing/hostile/hostileInput.ts';
import { RendererMemory } from './rendererMemory.ts';
import { beforeWorker } from './workerPrelude.ts';

/** What came of an input, as the page and the system saw it. */
export interface Endured {
  /** `accepted`, or the code of the refusal; anything else is a fault. */
  readonly outcome: string;
  /** The longest time without a word of the worker that the page could hear. */
  readonly silentMs: number;
  /** Above what the page had; 0 where the system does not tell. */
  readonly memoryBytes: number;
  /** What of the state before is not there any more. */
  readonly changes: readonly string[];
}

declare global {
  interface Window {
    /** Of the page's workers: how many there were, and how long the one in use was silent at most. */
    hostileWatch: { workers: number; heardAt: number; silentMs: number };
  }
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
  private constructor(
    private readonly page: Page,
    private readonly memory: RendererMemory | undefined,
  ) {}

  /** Of a page that is open, with a data set and a run. */
  static async of(page: Page): Promise<HostilePage> {
    return new HostilePage(page, await RendererMemory.find());
  }

  get measuresMemory(): boolean {
    return this.memory !== undefined;
  }

  async endure({ door, files }: HostileInput): Promise<Endured> {
    const packed = files.map(({ name, bytes }) => ({
      ...{ name, base64: Buffer.from(bytes).toString('base64') },
    }));
    await this.page.evaluate((files) => {
      const made = files.map(({ name, base64 }) => {
        const binary = atob(base64);
        const bytes = new Uint8Array(binary.length);
        for (let i = 0; i < bytes.length; i++) bytes[i] = binary.charCodeAt(i);
        return new File([bytes], name);
      });
      Object.assign(window, { hostileFiles: made });
    }, packed);
    const before = (await this.memory?.begin()) ?? 0;
    const seen = await this.page.evaluate(tryFiles, { door, givenUpMs: GIVEN_UP_MS });
    const highest = (await this.memory?.highest()) ?? 0;
    return { ...seen, memoryBytes: Math.max(0, highest - before) };
  }
}

/** Runs in the page. What is accepted goes again, so that every input meets the same page. */
async function tryFiles({ door, givenUpMs }: { door: HostileInput['door']; givenUpMs: number }) {
  const { workbench, hostileWatch: watch } = window;
  const { hostileFiles: files } = window as unknown as { hostileFiles: File[] };
  const [first] = files;
  if (!first) throw new Error('an input has files');
  const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
  const stateNow = () => {
    const { phase, dataset, datasets, run, runs, drawings, recipe, engine } = workbench.state();
    return {
      ...{ phase, recipe: JSON.stringify(recipe), workers: watch.workers, engine: engine?.name },
      set: dataset.status === 'ready' ? JSON.stringify(dataset.summary) : dataset.status,
      sets: datasets.map(({ id }) => id).join(),
      run: run && `${run.record.id} at ${run.step}`,
      runs: runs.map(({ id, step }) => `${id} at ${step}`).join(),
      drawings: drawings.map(({ id }) => id).join(),
      polluted: Object.keys(Object.prototype).join(),
    };
  };
  const before = stateNow();
  const { dataset: setBefore, run: runBefore } = workbench.state();
  const draw = document.querySelector('canvas')?.closest('section') ?? document.body;

  const openPicture = async () => {
    workbench.clearPrediction();
    const canvas = document.querySelector('[aria-label="Drawing canvas"]');
    if (!canvas) throw new Error('there is a drawing canvas');
    const clipboardData = new DataTransfer();
    clipboardData.items.add(first);
    const told = workbench.state().noticesTold;
    canvas.dispatchEvent(
      new ClipboardEvent('paste', { bubbles: true, cancelable: true, clipboardData }),
    );
    for (;;) {
      await pause(5);
      const alert = canvas.closest('section')?.querySelector('[role=alert]');
      if (alert) return { refusal: `picture: ${alert.textContent?.slice(0, 60)}` };
      const { noticesTold, notices, prediction } = workbench.state();
      if (noticesTold > told) return { refusal: notices.at(-1)?.code ?? 'a notice without a code' };
      if (prediction) return {};
    }
  };
  const doors = {
    importDataset: async () => {
      const { id } = await workbench.importDataset(files);
      const undo = async () => {
        if (setBefore.status === 'ready' && id !== setBefore.summary.id) {
          await workbench.openDataset(setBefore.summary.id);
          await workbench.deleteDataset(id);
        }
      };
      return { undo };
    },
    importWeights: async () => {
      const { id } = await workbench.importWeights(first);
      const undo = async () => {
        if (runBefore) await workbench.openRun(runBefore.record.id);
        await workbench.deleteRun(id);
      };
      return { undo };
    },
    importDrawings: async () => {
      const { added } = await workbench.importDrawings(first);
      return { undo: () => workbench.deleteDrawings(added.map(({ id }) => id)) };
    },
    openPicture,
  };

  watch.heardAt = performance.now();
  watch.silentMs = 0;
  let givenUp: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<{ refusal: string; undo?: undefined }>((resolve) => {
    givenUp = setTimeout(() => resolve({ refusal: 'no answer' }), givenUpMs);
  });
  const asked: Promise<{ refusal?: string; undo?: () => Promise<void> }> = doors[door]().catch(
    (error: { code?: string }) => ({ refusal: error.code ?? `no refusal: ${error}` }),
  );
  const { refusal, undo } = await Promise.race([asked, late]);
  clearTimeout(givenUp);
  const silentMs = Math.max(watch.silentMs, performance.now() - watch.heardAt);
  await undo?.();
  for (const { id } of workbench.state().notices) workbench.dismissNotice(id);
  if (door === 'openPicture') {
    const buttons = [...(draw.querySelectorAll('button') ?? [])];
    buttons.find(({ textContent }) => textContent === 'Clear')?.click();
    // What was asked for last may still be answered.
    await pause(10);
  }
  const after = stateNow();
  const changes = (Object.keys(before) as (keyof typeof before)[])
    .filter((key) => before[key] !== after[key])
    .map((key) => `${key}: ${before[key]} became ${after[key]}`);
  return { outcome: refusal ?? 'accepted', silentMs, changes };
}

import type { HostileInput } from '../../src/testing/hostile/hostileInput.ts';

/** What came of an input, as the page and the system saw it. */
export interface Endured {
  /** `accepted`, or the code of the refusal; anything else is a fault. */
  readonly outcome: string;
  /** The longest time without a word of the worker that the page could hear. */
  readonly silentMs: number;
  /** What of the state before is not there any more. */
  readonly changes: readonly string[];
}

/** An input whose files are parts of the one that was handed to the page. */
export interface PackedInput {
  readonly door: HostileInput['door'];
  readonly files: readonly {
    readonly name: string;
    readonly start: number;
    readonly end: number;
  }[];
}

declare global {
  interface Window {
    /** Of the page's workers: how many there were, and how long the one in use was silent at most. */
    hostileWatch: { workers: number; heardAt: number; silentMs: number };
  }
}

/**
 * Runs in the page, and sees nothing but what it is given. What is accepted goes again, so that every input meets
 * the same page.
 */
export async function tryInputs(all: {
  inputs: readonly PackedInput[];
  givenUpMs: number;
}): Promise<Endured[]> {
  const { workbench, hostileWatch: watch } = window;
  const { inputs, givenUpMs } = all;
  const [pack] = document.querySelector<HTMLInputElement>('#hostile')?.files ?? [];
  if (!pack) throw new Error('the files were handed over');
  const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
  const stateNow = () => {
    const { phase, dataset, datasets, run, runs, drawings, recipe, engine } = workbench.state();
    // How its files were read is known as long as they are at hand, until another set is read.
    const set = dataset.status === 'ready' && { ...dataset.summary, choices: undefined };
    return {
      ...{ phase, recipe: JSON.stringify(recipe), workers: watch.workers, engine: engine?.name },
      set: set ? JSON.stringify(set) : dataset.status,
      sets: datasets.map(({ id }) => id).join(),
      run: run && `${run.record.id} at ${run.step}`,
      runs: runs.map(({ id, step }) => `${id} at ${step}`).join(),
      drawings: drawings.map(({ id }) => id).join(),
      polluted: Object.keys(Object.prototype).join(),
    };
  };
  const canvas = document.querySelector('[aria-label="Drawing canvas"]');
  const draw = canvas?.closest('section');
  if (!canvas || !draw) throw new Error('there is a drawing canvas');
  const { dataset: setBefore, run: runBefore } = workbench.state();

  type Answer = { refusal?: string; undo?: () => Promise<unknown> };
  const doors = {
    async importDataset(files: File[]): Promise<Answer> {
      const { id } = await workbench.importDataset(files);
      const undo = async () => {
        if (setBefore.status === 'ready' && id !== setBefore.summary.id) {
          await workbench.openDataset(setBefore.summary.id);
          await workbench.deleteDataset(id);
        }
      };
      return { undo };
    },
    async importWeights([first, ...others]: File[]): Promise<Answer> {
      const { id } = await workbench.importWeights(first as File, ...others);
      const undo = async () => {
        if (runBefore) await workbench.openRun(runBefore.record.id);
        await workbench.deleteRun(id);
      };
      return { undo };
    },
    async importDrawings([first]: File[]): Promise<Answer> {
      const { added } = await workbench.importDrawings(first as File);
      return { undo: () => workbench.deleteDrawings(added.map(({ id }) => id)) };
    },
    async openPicture([first]: File[]): Promise<Answer> {
      workbench.clearPrediction();
      const clipboardData = new DataTransfer();
      clipboardData.items.add(first as File);
      const told = workbench.state().noticesTold;
      const paste = { bubbles: true, cancelable: true, clipboardData };
      canvas.dispatchEvent(new ClipboardEvent('paste', paste));
      const clear = async () => {
        const buttons = [...draw.querySelectorAll('button')];
        buttons.find(({ textContent }) => textContent === 'Clear')?.click();
        // What was asked for last may still be answered.
        await pause(10);
      };
      for (;;) {
        await pause(5);
        const alert = draw.querySelector('[role=alert]');
        if (alert) return { refusal: `picture: ${alert.textContent?.slice(0, 60)}`, undo: clear };
        const { noticesTold, notices, prediction } = workbench.state();
        if (noticesTold > told)
          return { refusal: notices.at(-1)?.code ?? 'a notice without a code' };
        if (prediction) return { undo: clear };
      }
    },
  };

  const tryOne = async ({ door, files }: PackedInput): Promise<Endured> => {
    const before = stateNow();
    const made = files.map(({ name, start, end }) => new File([pack.slice(start, end)], name));
    watch.heardAt = performance.now();
    watch.silentMs = 0;
    let givenUp: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<Answer>((resolve) => {
      givenUp = setTimeout(() => resolve({ refusal: 'no answer' }), givenUpMs);
    });
    const asked = doors[door](made).catch(
      (error: { code?: string }): Answer => ({ refusal: error.code ?? `no refusal: ${error}` }),
    );
    const { refusal, undo } = await Promise.race([asked, late]);
    clearTimeout(givenUp);
    const silentMs = Math.max(watch.silentMs, performance.now() - watch.heardAt);
    await undo?.();
    for (const { id } of workbench.state().notices) workbench.dismissNotice(id);
    const after = stateNow();
    const changes = (Object.keys(before) as (keyof typeof before)[])
      .filter((key) => before[key] !== after[key])
      .map((key) => `${key}: ${before[key]} became ${after[key]}`);
    return { outcome: refusal ?? 'accepted', silentMs, changes };
  };

  const each: Endured[] = [];
  for (const input of inputs) each.push(await tryOne(input));
  return each;
}

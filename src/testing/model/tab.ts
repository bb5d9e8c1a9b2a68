import type { Notice, WorkbenchState } from '../../app/state.ts';
import type { Workbench } from '../../app/workbench.ts';
import { WorkbenchError } from '../../util/errors.ts';
import type { Page } from './page.ts';

/** No call and no change of phase may take longer. Generous: a machine that is busy is no fault. */
const BOUND_MS = 30_000;

/** How a call ended: with what it gives, or refused in words. */
export type Outcome<T> =
  | { readonly given: T; readonly refusal?: undefined }
  | { readonly given?: undefined; readonly refusal: WorkbenchError };

/** A call that may last as long as a training. */
interface LongCall {
  readonly words: string;
  outcome: Outcome<unknown> | undefined;
}

/**
 * A tab with the page. Every call is bounded, and ends in a result or in a typed refusal; anything else
 * is an error here.
 */
export class Tab {
  private longCalls: LongCall[] = [];
  /** What the page may tell, since something led to it. */
  private readonly expected: string[] = [];
  private noticesSeen = 0;
  /** What calls came to that is neither a result nor a refusal. */
  private readonly bugs: string[] = [];
  /** How often its worker was ended: after the second time within a minute the page waits. */
  kills = 0;
  /** The run in its memory, where its losses went off here: of that another tab knows nothing. */
  doubted: string | undefined;

  private constructor(private readonly page: Page) {}

  static async open(page: Page): Promise<Tab> {
    const tab = new Tab(page);
    await tab.untilAtRest();
    return tab;
  }

  get state(): WorkbenchState {
    return this.page.state;
  }

  /** What went wrong in this tab that nobody called for. */
  get mishaps(): readonly string[] {
    return [...this.page.mishaps, ...this.bugs];
  }

  /** Says that the page may tell this. */
  expectNotice(...codes: readonly string[]): void {
    this.expected.push(...codes);
  }

  /** What the page told since the last look. */
  newNotices(): readonly Notice[] {
    const { notices, noticesTold } = this.state;
    const fresh = notices.filter(({ id }) => id > this.noticesSeen);
    this.noticesSeen = noticesTold;
    return fresh;
  }

  /** Those of them that nothing led to: no refusal of a call, no fault of the model's. */
  unexpected(notices: readonly Notice[]): readonly string[] {
    const words = notices.map(({ code, news, message }) => code ?? news ?? message);
    return words.filter((notice) => {
      const place = this.expected.indexOf(notice);
      if (place >= 0) this.expected.splice(place, 1);
      return place < 0;
    });
  }

  /** Makes a call and waits for its end. */
  async ask<T>(words: string, call: (page: Workbench) => Promise<T>): Promise<Outcome<T>> {
    const outcome = await within(BOUND_MS, this.settled(call(this.page.workbench)));
    if (!outcome) throw new Error(`${words}() has not settled within ${BOUND_MS / 1000} s`);
    return outcome;
  }

  /** Makes a call that lasts as long as a training; waits until steps are made or it is over. */
  async begin(
    words: string,
    call: (page: Workbench) => Promise<unknown>,
  ): Promise<Outcome<unknown> | undefined> {
    const longCall: LongCall = { words, outcome: undefined };
    this.longCalls.push(longCall);
    const { phase: phaseBefore, run: runBefore } = this.state;
    const before = runBefore?.training;
    let hasBegun = false;
    const stopWatching = this.page.subscribe(({ phase, run }) => {
      // Of steps that were made before, nobody knows whose they are.
      if (phaseBefore === 'training') return;
      if (phase === 'training' && run && run.training !== before) hasBegun = true;
    });
    this.settled(call(this.page.workbench)).then(
      (outcome) => {
        longCall.outcome = outcome;
      },
      (error: unknown) => {
        this.bugs.push(`${words}() ended with ${error}`);
        longCall.outcome = { given: undefined };
      },
    );
    await this.until(
      `${words}() begins or ends`,
      () => hasBegun || longCall.outcome !== undefined,
    ).finally(stopWatching);
    return longCall.outcome;
  }

  /** A refusal in words is an outcome, of which the page tells too; any other error is a bug. */
  private async settled<T>(call: Promise<T>): Promise<Outcome<T>> {
    try {
      return { given: await call };
    } catch (error) {
      if (!(error instanceof WorkbenchError)) throw error;
      this.expectNotice(error.code);
      return { refusal: error };
    }
  }

  /** Calls of trainings that nobody has answered. */
  get unanswered(): readonly string[] {
    this.longCalls = this.longCalls.filter(({ outcome }) => outcome === undefined);
    return this.longCalls.map(({ words }) => `${words}()`);
  }

  /** Until all of them are. */
  async untilAnswered(): Promise<void> {
    await this.until('a training’s call is answered', () => this.unanswered.length === 0);
  }

  /** Until a training is over, or waits since its losses went off. */
  untilDone(): Promise<void> {
    return this.until(
      'a training is over, or waits',
      ({ phase }) => this.unanswered.length === 0 || phase === 'paused',
    );
  }

  async until(what: string, isSo: (state: WorkbenchState) => boolean): Promise<void> {
    const deadline = performance.now() + BOUND_MS;
    while (!isSo(this.state)) {
      if (performance.now() > deadline) {
        const { phase, run } = this.state;
        throw new Error(
          `still not so after ${BOUND_MS / 1000} s: ${what} (phase ${phase}, step ${run?.step})`,
        );
      }
      await pause(4);
    }
  }

  /** Whether it has been so since, at any moment: what is asked now and then is missed where it is short. */
  watch(isSo: (state: WorkbenchState) => boolean): { hasBeen(): boolean; end(): void } {
    let hasBeen = isSo(this.state);
    const end = this.page.subscribe((state) => {
      hasBeen ||= isSo(state);
    });
    return { hasBeen: () => hasBeen, end };
  }

  untilAtRest(): Promise<void> {
    const moving = ['starting', 'loading', 'evaluating'];
    return this.until('the tab is at rest', ({ phase }) => !moving.includes(phase));
  }

  /** The same, and stays so: another worker reads the page's data set once it has started. */
  async untilQuiet(): Promise<void> {
    for (let quiet = 0; quiet < 3; quiet++) {
      const { phase } = this.state;
      await this.untilAtRest();
      await pause(15);
      if (this.state.phase !== phase) quiet = 0;
    }
  }

  kill(): void {
    this.kills++;
    this.expectNotice('worker.failed');
    this.page.kill();
  }

  loseGpu(): void {
    if (this.state.engine?.name === 'webgpu') {
      this.kills++;
      this.expectNotice('engine.lost');
    }
    this.page.loseGpu();
  }

  close(): void {
    this.page.close();
  }
}

export const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

async function within<T>(ms: number, promise: Promise<T>): Promise<T | undefined> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), ms);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

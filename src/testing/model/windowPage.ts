import type { WorkbenchState } from '../../app/state.ts';
import type { Workbench } from '../../app/workbench.ts';
import { WorkbenchError } from '../../util/errors.ts';
import type { Page } from './page.ts';
import { pause } from './tab.ts';

/** A tab of the built site, of which an init script has kept the workers that its page has made. */
type SiteWindow = Window & typeof globalThis & { modelWorkers?: Worker[]; isLeft?: boolean };

/** The page as links open it, with what machines without a GPU train quickly. */
const ADDRESS = '/?engine=wasm&threads=1&recipe=seed&arch=lenet5&lang=en';
/** A page of the same site in which nothing happens. */
const BLANK = '/bundled-workers/blank.html';
/** Generous: a machine that is busy is no fault. */
const BOUND_MS = 60_000;

/** Those that were opened, by place; a tab is loaded anew where the story closes and opens it. */
const windows = new Map<number, SiteWindow>();

async function until(what: string, isSo: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = performance.now() + BOUND_MS;
  while (!(await isSo())) {
    if (performance.now() > deadline) throw new Error(`still not so: ${what}`);
    await pause(20);
  }
}

/** Until no page of a story is left, nor a lock of theirs. */
export async function untilAllHaveLeft(): Promise<void> {
  for (const tab of windows.values()) {
    await until('a tab is left', () => tab.location.pathname === BLANK);
  }
  await until('all locks are free', async () => {
    const { held = [] } = await navigator.locks.query();
    return held.length === 0;
  });
}

/** A real page of the built site, in a tab of its own: what its user and its machine do to it. */
export class WindowPage implements Page {
  readonly mishaps: string[] = [];
  readonly workbench: Workbench;

  private constructor(private readonly tab: SiteWindow) {
    this.workbench = inOurTerms(tab.workbench);
  }

  static async open(place: number): Promise<WindowPage> {
    const tab = window.open(ADDRESS, `tab ${place}`) as SiteWindow | null;
    if (!tab) throw new Error('the browser opens no tab');
    windows.set(place, tab);
    // The page before stays until the browser has the next one.
    const isThere = () => tab.location.pathname === '/' && !tab.isLeft && Boolean(tab.workbench);
    await until('the page is there', isThere);
    await until('the page has started', () => tab.workbench.state().phase !== 'starting');
    return new WindowPage(tab);
  }

  get state(): WorkbenchState {
    return this.tab.workbench.state();
  }

  subscribe(listener: (state: WorkbenchState) => void): () => void {
    return this.tab.workbench.subscribe(listener);
  }

  kill(): void {
    const worker = this.tab.modelWorkers?.at(-1);
    if (!worker) throw new Error('the page has made no worker');
    worker.terminate();
    worker.dispatchEvent(new this.tab.ErrorEvent('error', { message: 'ended by the model' }));
  }

  /** Out of reach of a page; stories of whole pages leave it out. */
  loseGpu(): void {
    throw new Error('a page cannot lose its GPU');
  }

  close(): void {
    this.tab.isLeft = true;
    this.tab.location.replace(BLANK);
  }
}

/** Errors of another window are of its classes: here they become ours. */
function inOurTerms(theirs: Workbench): Workbench {
  const translate = (error: unknown): never => {
    const { name, code, params } = error as WorkbenchError;
    throw name === 'WorkbenchError' ? new WorkbenchError(code, params) : error;
  };
  return new Proxy(theirs, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== 'function') return member;
      return (...args: unknown[]) => {
        const result: unknown = Reflect.apply(member, target, args);
        const isPromise = typeof result === 'object' && result !== null && 'then' in result;
        return isPromise ? Promise.resolve(result).catch(translate) : result;
      };
    },
  });
}

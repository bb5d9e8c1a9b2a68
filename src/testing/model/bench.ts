import type { WorkbenchState } from '../../app/state.ts';
import type { ErrorCode } from '../../util/errorTexts.ts';
import type { Page } from './page.ts';
import { Disk } from './stored.ts';
import { Tab } from './tab.ts';

/** Opens the page in the first or the second tab, in the place of one that was closed. */
export type OpenPage = (place: number) => Promise<Page>;

/** What the commands drive: up to two tabs of one browser, and what lies on its disk. */
export class Bench {
  private readonly tabs: (Tab | undefined)[] = [];
  /** What has happened, a line each. */
  readonly story: string[] = [];

  private constructor(
    readonly disk: Disk,
    private readonly openPage: OpenPage,
  ) {}

  static async open(openPage: OpenPage): Promise<Bench> {
    const disk = await Disk.open();
    await disk.clear();
    return new Bench(disk, openPage);
  }

  /** This tab, opened where it is not. */
  async tab(place: number): Promise<Tab> {
    const open = this.tabs[place];
    if (open) return open;
    const tab = await Tab.open(await this.openPage(place));
    this.tabs[place] = tab;
    // A page can be used before it has read them; what it offers follows from them.
    const { length } = await this.disk.drawings();
    await tab.until('the drawings are shown', ({ drawings }) => drawings.length === length);
    return tab;
  }

  /** What the page in this tab shows, if it is open. */
  readonly seen = (place: number): WorkbenchState | undefined => this.tabs[place]?.state;

  get openTabs(): readonly Tab[] {
    return this.tabs.filter((tab) => tab !== undefined);
  }

  /** Whether a tab other than this one makes steps. */
  othersTrain(tab: Tab): boolean {
    return this.openTabs.some((other) => other !== tab && other.state.phase === 'training');
  }

  /**
   * To be asked before a call that writes, and what it gives after it: whether another tab trained all
   * the while, which refuses it, or for a part of it, which may.
   */
  watchOthers(tab: Tab): () => { readonly [must in 'must' | 'may']?: readonly ErrorCode[] } {
    const before = this.othersTrain(tab);
    return () => {
      const after = this.othersTrain(tab);
      if (before && after) return { must: ['storage.inUse'] };
      return before || after ? { may: ['storage.inUse'] } : {};
    };
  }

  /** Closes the tab without asking, and opens it at the same address. */
  async reload(place: number): Promise<Tab> {
    this.tabs[place]?.close();
    this.tabs[place] = undefined;
    return this.tab(place);
  }

  /** The failure, and the story that led to it. */
  told(error: unknown): Error {
    const lines = this.story.map((line, i) => `  ${i + 1}. ${line}`);
    const reason = error instanceof Error ? error.message : String(error);
    return new Error([...lines, `  => ${reason}`].join('\n'), { cause: error });
  }

  close(): void {
    for (const tab of this.openTabs) tab.close();
    this.disk.close();
  }
}

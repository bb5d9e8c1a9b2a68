import type { KeptDataset } from '../domain/keptDataset.ts';
import type { RunSummary } from '../domain/run.ts';
import type { WorkerEvent } from '../protocol/protocol.ts';
import type { Listed } from '../storage/listed.ts';
import type { UnreadableNews } from './unreadableNews.ts';

/** On which tabs tell each other that what is stored has changed. */
const changesOf = (site: string) => `${site}:changes`;

/** What may have changed of what is stored. */
type Stored = 'runs' | 'datasets';

/** Lists that change several times a second are read this often. */
const REREAD_MS = 500;

/** Where the lists are read. */
export interface StoredLists {
  runs(): Promise<Listed<RunSummary>>;
  datasets(): Promise<Listed<KeptDataset>>;
}

/** Tells this page and the other tabs what is stored, whenever it changes. */
export class StoredNews {
  private changes: BroadcastChannel | undefined;
  private readonly awaited = new Set<Stored | 'announce'>();

  constructor(
    private readonly emit: (event: WorkerEvent) => void,
    private readonly lists: StoredLists,
    private readonly unreadable: UnreadableNews,
    private readonly site: string,
    /** Called when another tab has changed something of the runs. */
    private readonly onRunsChanged: () => Promise<void>,
  ) {}

  /** From now on it hears of the other tabs and is heard by them. */
  open(): void {
    this.changes = new BroadcastChannel(changesOf(this.site));
    this.changes.onmessage = ({ data }: MessageEvent<Stored>) =>
      this.soon(data, async () => {
        await this.show(data);
        if (data === 'runs') await this.onRunsChanged();
      });
  }

  close(): void {
    this.changes?.close();
  }

  /** Tells this page and the other tabs what is stored now. */
  async announce(changed: Stored = 'runs'): Promise<void> {
    await this.show(changed);
    this.changes?.postMessage(changed);
  }

  async announceAll(): Promise<void> {
    await this.announce('runs');
    await this.announce('datasets');
  }

  /** The same of runs, for changes that may come several times a second. */
  announceSoon(): void {
    this.soon('announce', () => this.announce());
  }

  /** Tells this page alone. */
  show(changed: Stored): Promise<void> {
    return changed === 'runs' ? this.showRuns() : this.showDatasets();
  }

  /** Does this in a moment, once for all who ask for it until then. */
  private soon(what: Stored | 'announce', task: () => Promise<void>): void {
    if (this.awaited.has(what)) return;
    this.awaited.add(what);
    setTimeout(() => {
      this.awaited.delete(what);
      task().catch(() => undefined);
    }, REREAD_MS);
  }

  private async showDatasets(): Promise<void> {
    const { readable, unreadable } = await this.lists.datasets();
    this.emit({ type: 'datasets', datasets: readable });
    this.unreadable.tell('dataset', unreadable);
    await this.showStorage();
  }

  private async showRuns(): Promise<void> {
    const { readable, unreadable } = await this.lists.runs();
    this.emit({ type: 'runs', runs: readable });
    this.unreadable.tell('run', unreadable);
    await this.showStorage();
  }

  private async showStorage(): Promise<void> {
    if (!navigator.storage) return;
    const { usage: usedBytes = 0, quota: allowedBytes = 0 } = await navigator.storage.estimate();
    const persistent = await navigator.storage.persisted();
    this.emit({ type: 'storage', report: { usedBytes, allowedBytes, persistent } });
  }
}

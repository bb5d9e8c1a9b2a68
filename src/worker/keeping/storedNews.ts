import type { KeptDataset } from '../../domain/data/keptDataset.ts';
import type { RunSummary } from '../../domain/runs/run.ts';
import type { UnreadableRecord } from '../../domain/runs/unreadable.ts';
import type { WorkerEvent } from '../../protocol/workerEvents.ts';
import type { Listed } from '../../storage/listed.ts';
import type { UnreadableNews } from '../runs/unreadableNews.ts';

/** On which tabs tell each other that what is stored has changed. */
const changesOf = (site: string) => `${site}:changes`;

/** What may have changed of what is stored: one run, or any number of them or of sets. */
type Change = 'runs' | 'datasets' | { readonly run: string };

/** Lists that change several times a second are read this often. */
const REREAD_MS = 500;

/** Where the lists are read. */
export interface StoredLists {
  runs(): Promise<Listed<RunSummary>>;
  run(id: string): Promise<RunSummary | UnreadableRecord | undefined>;
  datasets(): Promise<Listed<KeptDataset>>;
}

/**
 * Tells this page and the other tabs what is stored, whenever it changes. Whoever hears that one run has
 * changed reads that one: a list is read where it is shown first, and where nobody knows what has changed.
 */
export class StoredNews {
  private changes: BroadcastChannel | undefined;
  private readonly awaited = new Set<string>();

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
    this.changes.onmessage = ({ data }: MessageEvent<Change>) =>
      this.soon(`heard ${nameOf(data)}`, async () => {
        await this.show(data);
        if (data !== 'datasets') await this.onRunsChanged();
      });
  }

  close(): void {
    this.changes?.close();
  }

  /** Tells this page and the other tabs what is stored now. */
  async announce(changed: Change): Promise<void> {
    await this.show(changed);
    this.changes?.postMessage(changed);
  }

  async announceAll(): Promise<void> {
    await this.announce('runs');
    await this.announce('datasets');
  }

  /** The same, for changes that may come several times a second. */
  announceSoon(changed: Change): void {
    this.soon(nameOf(changed), () => this.announce(changed));
  }

  /** Tells this page alone. */
  async show(changed: Change): Promise<void> {
    if (changed === 'runs') await this.showRuns();
    else if (changed === 'datasets') await this.showDatasets();
    else await this.showRun(changed.run);
    await this.showStorage();
  }

  /** Does this in a moment, once for all who ask for it until then. */
  private soon(what: string, task: () => Promise<void>): void {
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
  }

  /** Tells this page alone of the runs, and gives what it told. */
  async showRuns(): Promise<Listed<RunSummary>> {
    const listed = await this.lists.runs();
    this.emit({ type: 'runs', runs: listed.readable });
    this.unreadable.tell('run', listed.unreadable);
    return listed;
  }

  private async showRun(id: string): Promise<void> {
    const run = await this.lists.run(id);
    // What cannot be read stands in a list of its own.
    if (run && 'problem' in run) await this.showRuns();
    else this.emit({ type: 'listedRun', id, ...(run && { run }) });
  }

  private async showStorage(): Promise<void> {
    if (!navigator.storage) return;
    const { usage: usedBytes = 0, quota: allowedBytes = 0 } = await navigator.storage.estimate();
    const persistent = await navigator.storage.persisted();
    this.emit({ type: 'storage', report: { usedBytes, allowedBytes, persistent } });
  }
}

const nameOf = (change: Change) => (typeof change === 'string' ? change : `run ${change.run}`);

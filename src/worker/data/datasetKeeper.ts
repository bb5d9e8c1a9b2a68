import type { Dataset } from '../../domain/data/dataset.ts';
import type { DatasetIdentity } from '../../domain/data/datasetIdentity.ts';
import type { KeptDataset } from '../../domain/data/keptDataset.ts';
import { DELETION_KEPT_MS } from '../../domain/runs/deletion.ts';
import type { Connection } from '../../storage/connection.ts';
import { DatasetStore } from '../../storage/datasetStore.ts';
import { type Listed, nothingListed } from '../../storage/listed.ts';
import { WorkbenchError } from '../../util/errors.ts';
import { opened } from '../runs/opened.ts';
import { alone, datasetLock, type TurnOptions } from './datasetTurn.ts';

/** Keeps imported data sets for the session, and goes on without where the browser refuses. */
export class DatasetKeeper {
  private store: DatasetStore | undefined;
  private onChange: () => Promise<void> = async () => undefined;

  constructor(private readonly site: string) {}

  /** @param onChange called after every change of what is kept */
  adopt(connection: Connection, onChange: () => Promise<void>): void {
    this.store = new DatasetStore(connection);
    this.onChange = onChange;
    // Another tab may be writing a large set just now; nobody waits for that.
    this.cleanUp().catch(() => undefined);
  }

  async list(): Promise<readonly KeptDataset[]> {
    return (await this.listAll()).readable;
  }

  /** The same, and what is stored of sets and cannot be read. */
  async listAll(): Promise<Listed<KeptDataset>> {
    return (await this.store?.listAll()) ?? nothingListed;
  }

  /** Undefined where nothing can be kept; throws where there is no room. */
  async save(
    dataset: Dataset,
    identity: DatasetIdentity,
    source: string,
  ): Promise<KeptDataset | undefined> {
    const { store } = this;
    if (!store) return undefined;
    const kept = await alone(() => store.save(dataset, identity, source), this.turn);
    await this.onChange();
    return kept;
  }

  async load(id: string): Promise<Dataset> {
    return this.required.load(id);
  }

  async find(id: string | undefined): Promise<KeptDataset | undefined> {
    return (await this.list()).find((kept) => kept.id === id);
  }

  /** The set that was in use when the page was left; none if that was MNIST. */
  async usedLast(): Promise<KeptDataset | undefined> {
    const used = (await this.list()).filter(({ openedAt }) => openedAt !== undefined);
    return used.sort((a, b) => (b.openedAt ?? 0) - (a.openedAt ?? 0))[0];
  }

  /** Notes which set is in use: this one, or none of those that are kept. */
  async noteUse(id: string | undefined): Promise<void> {
    for (const { id: other, openedAt } of await this.list()) {
      if (other === id) {
        await this.annotate(other, (note) => ({ ...note, openedAt: Date.now() }));
      } else if (openedAt !== undefined) {
        await this.annotate(other, ({ openedAt: _, ...note }) => note);
      }
    }
  }

  /** Names the classes of a set, if it is kept. */
  async nameClasses(id: string, classNames: readonly string[]): Promise<void> {
    await this.annotateIfKept(id, (note) => ({ ...note, classNames, hasTypedNames: true }));
  }

  /** Notes how many of its training images validate, if it is kept. */
  async divide(id: string, validationCount: number): Promise<void> {
    await this.annotateIfKept(id, (note) => ({ ...note, validationCount }));
  }

  /** Removes a set that nobody asked for, if it is kept. */
  async forget(id: string): Promise<void> {
    if (await this.find(id)) await this.hide(id);
  }

  /** Hides a set, and removes it when its deletion can be undone no more. */
  async hide(id: string): Promise<void> {
    await this.required.setDeleted(id, Date.now());
    setTimeout(() => this.cleanUp().catch(() => undefined), DELETION_KEPT_MS + 1000);
    await this.onChange();
  }

  async restore(id: string): Promise<void> {
    try {
      await this.required.setDeleted(id, undefined);
    } catch (error) {
      const isGone = error instanceof WorkbenchError && error.code === 'dataset.missing';
      throw isGone ? new WorkbenchError('deletion.final') : error;
    }
    await this.onChange();
  }

  private get turn(): TurnOptions {
    return { name: datasetLock(this.site) };
  }

  private get required(): DatasetStore {
    return opened(this.store);
  }

  private annotate(id: string, change: (note: KeptDataset) => KeptDataset): Promise<void> {
    return this.required.annotate(id, change);
  }

  private async annotateIfKept(
    id: string,
    change: (note: KeptDataset) => KeptDataset,
  ): Promise<void> {
    if (!(await this.find(id))) return;
    await this.annotate(id, change);
    await this.onChange();
  }

  private async cleanUp(): Promise<void> {
    await alone(() => this.required.removeHidden(Date.now() - DELETION_KEPT_MS), this.turn);
  }
}

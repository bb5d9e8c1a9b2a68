import {
  byAge,
  type ImportedDrawings,
  type KeptDrawing,
  type LabelledDrawing,
  MOST_DRAWING_SIDE,
} from '../../domain/drawing/drawings.ts';
import { DELETION_KEPT_MS } from '../../domain/runs/deletion.ts';
import type { UnreadableRecord } from '../../domain/runs/unreadable.ts';
import { ReadingProgress } from '../../formats/dataset/readingProgress.ts';
import { fileBytes } from '../../formats/files/fileBytes.ts';
import { refusalOf } from '../../formats/refusal.ts';
import type { ExportedFile, Picture } from '../../protocol/protocol.ts';
import { WorkbenchError } from '../../util/errors.ts';
import { newId } from '../../util/newId.ts';
import { oneAtATime } from '../../util/oneAtATime.ts';
import type { Workspace } from '../workspace.ts';
import { requireRoom, type Sized } from './drawingsRoom.ts';

/** On which tabs tell each other that the personal test set has changed. */
const changesOf = (site: string) => `${site}:drawings`;

/** The personal test set: what its user has drawn and labelled. */
export class DrawingCommands {
  private readonly changes: BroadcastChannel;
  /** One after another: what is read first is told first. */
  private readonly inTurn = oneAtATime();
  /** Of each drawing that the page has been told of, once that was. */
  private room: Map<string, Sized> | undefined;
  private hasHidden = false;

  constructor(private readonly workspace: Workspace) {
    this.changes = new BroadcastChannel(changesOf(workspace.site));
    this.changes.onmessage = ({ data }: MessageEvent<readonly string[]>) => {
      this.showChanged(data).catch(() => undefined);
    };
    workspace.keeper.onDeleted = () => this.showAnew();
  }

  /** Tells the page what is left where all may be gone, which takes no room any more. */
  private showAnew(): Promise<void> {
    this.room = undefined;
    return this.show();
  }

  /** The same at a start; what was deleted is removed where there is any, for all are read for that. */
  async begin(): Promise<void> {
    await this.show();
    if (this.hasHidden) await this.cleanUp();
  }

  /** Tells the page what is kept. */
  show(): Promise<void> {
    return this.inTurn(() => this.tellAll());
  }

  private async tellAll(): Promise<void> {
    const { emit, keeper } = this.workspace;
    const room = new Map<string, Sized>();
    const drawings: KeptDrawing[] = [];
    const unreadable: UnreadableRecord[] = [];
    this.hasHidden = false;
    for await (const part of keeper.drawings.inParts()) {
      for (const drawing of part.readable) room.set(drawing.id, sizeOf(drawing));
      drawings.push(...(await shown(part.readable)));
      unreadable.push(...part.unreadable);
      this.hasHidden ||= part.hasHidden;
    }
    this.room = room;
    emit({ type: 'drawings', drawings: drawings.sort(byAge) });
    keeper.unreadable.tell('drawing', unreadable);
  }

  /** The same of these; of all where the page has not been told of any, or some cannot be read. */
  private showChanged(ids: readonly string[]): Promise<void> {
    return this.inTurn(() => this.tellOf(ids));
  }

  private async tellOf(ids: readonly string[]): Promise<void> {
    const { emit, keeper } = this.workspace;
    const { room } = this;
    const { readable, unreadable } = await keeper.drawings.listSome(ids);
    const there = new Set(readable.map(({ id }) => id));
    const gone = ids.filter((id) => !there.has(id));
    if (!room || unreadable.length > 0 || gone.some((id) => !room.has(id))) return this.tellAll();
    for (const id of gone) room.delete(id);
    for (const drawing of readable) room.set(drawing.id, sizeOf(drawing));
    emit({ type: 'changedDrawings', shown: await shown(readable), gone });
  }

  /** What is kept, as far as its room goes. */
  private async kept(): Promise<readonly Sized[]> {
    // One that is being read is waited for, and not read again.
    if (!this.room) await this.inTurn(async () => (this.room ? undefined : this.tellAll()));
    return [...(this.room?.values() ?? [])];
  }

  async list(): Promise<readonly KeptDrawing[]> {
    return shown(await this.workspace.keeper.drawings.list());
  }

  async keep(picture: Picture, className: string): Promise<KeptDrawing> {
    const { name, width, height } = picture;
    if (Math.max(width, height) > MOST_DRAWING_SIDE) {
      const side = MOST_DRAWING_SIDE;
      throw new WorkbenchError('drawings.tooLarge', { file: name, width, height, side });
    }
    const { asDrawing, keptDrawing, thumbnailOf } = await personalTestSet();
    const drawn = asDrawing(picture);
    if (!drawn) throw new WorkbenchError('picture.blank', { file: name });
    const thumbnail = thumbnailOf(drawn);
    const drawing = { id: newId(), createdAt: Date.now(), className, ...drawn, thumbnail };
    await this.add([drawing]);
    return keptDrawing(drawing);
  }

  /** Hides drawings, and removes them when their deletion can be undone no more. */
  async delete(ids: readonly string[]): Promise<void> {
    await this.workspace.keeper.drawings.hide(ids, Date.now());
    setTimeout(() => this.cleanUp().catch(() => undefined), DELETION_KEPT_MS + 1000);
    await this.changed(ids);
  }

  /** Brings back those that are not removed yet; throws where none is left. */
  async restore(ids: readonly string[]): Promise<void> {
    const { drawings } = this.workspace.keeper;
    requireRoom(await this.kept(), ids, await drawings.withIds(ids));
    const restored = await drawings.restore(ids);
    await this.changed(ids);
    if (restored === 0) throw new WorkbenchError('deletion.final');
  }

  /** Removes what was deleted long enough ago, in whichever tab. */
  async cleanUp(): Promise<void> {
    await this.workspace.keeper.drawings.removeHidden(Date.now() - DELETION_KEPT_MS);
  }

  async export(): Promise<ExportedFile> {
    const drawings = await this.workspace.keeper.drawings.list();
    const { writeDrawings } = await import('../../formats/drawings/drawingsFile.ts');
    const bytes = writeDrawings(drawings);
    return { name: `drawings-${drawings.length}.json`, mimeType: 'application/json', bytes };
  }

  /** What is there already, under its id or as the very same drawing, stays as it is. */
  async import(file: File): Promise<ImportedDrawings> {
    const { readDrawings, refuseLongFile } = await import('../../formats/drawings/drawingsFile.ts');
    refuseLongFile(file.name, file.size);
    const { advance } = new ReadingProgress(0, {});
    const drawings = await readDrawings(file.name, await fileBytes(file.name, file), advance);
    const { asDrawing, newDrawings } = await personalTestSet();
    for (const drawing of drawings) {
      // What no network could be asked about is no drawing.
      const isBlank = !asDrawing({ ...drawing, ink: 'light' });
      if (isBlank) throw refusalOf('drawings.file', file.name)('drawing.blank', { id: drawing.id });
      await advance(0);
    }
    const added = newDrawings(drawings, await this.workspace.keeper.drawings.list());
    await this.add(added);
    return { added: await shown(added), known: drawings.length - added.length };
  }

  private async add(drawings: readonly LabelledDrawing[]): Promise<void> {
    const { drawings: store } = this.workspace.keeper;
    const ids = drawings.map(({ id }) => id);
    requireRoom(await this.kept(), ids, drawings);
    await store.put(drawings);
    await this.changed(ids);
  }

  private async changed(ids: readonly string[]): Promise<void> {
    await this.showChanged(ids);
    this.changes.postMessage(ids);
  }
}

const sizeOf = ({ id, pixels: { length } }: LabelledDrawing): Sized => ({ id, pixels: { length } });

/** Training does not wait for what reads drawings. */
const personalTestSet = () => import('../../domain/drawing/personalTestSet.ts');

/** As the page shows them; messages come in between, for there may be a thousand. */
async function shown(drawings: readonly LabelledDrawing[]): Promise<KeptDrawing[]> {
  if (drawings.length === 0) return [];
  const { keptDrawing } = await personalTestSet();
  const { advance } = new ReadingProgress(0, {});
  const all: KeptDrawing[] = [];
  for (const drawing of drawings) {
    all.push(keptDrawing(drawing));
    await advance(0);
  }
  return all;
}

import { WorkbenchError } from '../../util/errors.ts';
import { filesOf, type Held, heldBy, isEmpty } from './held.ts';
import { areOneModel, type FileKind, kindOf } from './kinds.ts';
import { typesAt } from './typing.ts';

/** What a part of the page wants of the files that are brought to it. */
export interface FileWish {
  readonly kind: FileKind;
  /** One file, or one with what belongs to it, or as many as there are, in folders too. */
  readonly takes: 'one' | 'oneModel' | 'several';
  readonly onFiles: (files: readonly File[]) => void;
  readonly onRefused: (refusal: unknown) => void;
}

interface Target {
  /** As it is at the time. */
  readonly wish: () => FileWish;
  readonly onOver: (isOver: boolean) => void;
}

/** As many as are read at a glance. */
const MOST_NAMED = 4;

/**
 * Where files come into the page. What is dropped or pasted on a target, or within it, is the
 * innermost one's that takes its kind; what comes anywhere else goes where its kind is taken. Whatever
 * is refused is told, and nothing that is dropped leads the browser away from the page.
 *
 * Where one types, text wins: what has text beside its files is pasted and dropped as the browser does.
 */
export class FileIntake {
  private readonly targets = new Map<Element, Target>();
  private over: Target | undefined;
  /** What is dragged comes from this page itself, where the browser knows what to do with it. */
  private isOwnDrag = false;

  /** @param tell for what no target refuses */
  constructor(private readonly tell: (refusal: unknown) => void) {}

  add(element: Element, target: Target): () => void {
    this.targets.set(element, target);
    return () => this.targets.delete(element);
  }

  /** Takes what comes, until the function that it returns is called. */
  listen(page: Window): () => void {
    const ending = new AbortController();
    const { signal } = ending;
    page.addEventListener('dragstart', () => this.startOwnDrag(), { signal });
    page.addEventListener('dragend', () => this.endDrag(), { signal });
    page.addEventListener('dragenter', (event) => this.drag(event), { signal });
    page.addEventListener('dragover', (event) => this.drag(event), { signal });
    page.addEventListener('dragleave', (event) => this.leave(event), { signal });
    page.addEventListener('drop', (event) => this.drop(event), { signal });
    page.addEventListener('paste', (event) => this.paste(event), { signal });
    return () => ending.abort();
  }

  private startOwnDrag(): void {
    this.isOwnDrag = true;
  }

  private endDrag(): void {
    this.isOwnDrag = false;
    this.hover(undefined);
  }

  private drag(event: DragEvent): void {
    if (this.isLeftToBrowser(event)) {
      this.hover(undefined);
      return;
    }
    // Or the browser would open it in place of the page.
    event.preventDefault();
    this.hover(hasFiles(event) ? this.targetOf(event.target, likelyKind(event)) : undefined);
  }

  private leave({ relatedTarget }: DragEvent): void {
    if (relatedTarget === null) this.hover(undefined);
  }

  private drop(event: DragEvent): void {
    const isLeft = this.isLeftToBrowser(event);
    this.endDrag();
    if (isLeft || !event.dataTransfer) return;
    event.preventDefault();
    this.take(heldBy(event.dataTransfer), event.target);
  }

  private paste(event: ClipboardEvent): void {
    const { clipboardData, target } = event;
    if (!clipboardData || event.defaultPrevented) return;
    const held = heldBy(clipboardData);
    if (typesAt(target) && (isEmpty(held) || hasText(clipboardData))) return;
    event.preventDefault();
    this.take(held, target);
  }

  private isLeftToBrowser(event: DragEvent): boolean {
    const { dataTransfer, target } = event;
    if (!dataTransfer || event.defaultPrevented) return true;
    if (typesAt(target) && (hasText(dataTransfer) || !hasFiles(event))) return true;
    return this.isOwnDrag && !hasFiles(event);
  }

  private take(held: Held, place: EventTarget | null): void {
    const kind = kindOf(held);
    const elsewhere = () => [...this.targets.values()].find((one) => one.wish().kind === kind);
    const target = this.targetOf(place, kind) ?? elsewhere();
    if (target) give(held, target.wish());
    else if (isEmpty(held)) this.tell(new WorkbenchError('files.none'));
    else this.tell(new WorkbenchError('files.nowhere', { files: namesOf(held) }));
  }

  private targetOf(place: EventTarget | null, kind: FileKind | undefined): Target | undefined {
    const around = this.around(place);
    return around.find((one) => one.wish().kind === kind) ?? around[0];
  }

  /** From the innermost outwards. */
  private around(place: EventTarget | null): Target[] {
    const found: Target[] = [];
    for (let each = place instanceof Element ? place : null; each; each = each.parentElement) {
      const target = this.targets.get(each);
      if (target) found.push(target);
    }
    return found;
  }

  private hover(target: Target | undefined): void {
    if (this.over === target) return;
    this.over?.onOver(false);
    this.over = target;
    target?.onOver(true);
  }
}

/** Hands what was brought to who wants it, or refuses it. */
export function give(held: Held, wish: FileWish): void {
  const handOver = async () => {
    if (wish.takes !== 'several') requireOne(held, wish);
    const files = await filesOf(held);
    if (files.length === 0) throw new WorkbenchError('files.none');
    wish.onFiles(files);
  };
  handOver().catch(wish.onRefused);
}

function requireOne(held: Held, { kind, takes }: FileWish): void {
  const [folder] = held.folders;
  if (folder) throw new WorkbenchError('files.folder', { folder: folder.name });
  const count = held.files.length;
  if (count < 2) return;
  if (takes === 'oneModel' && areOneModel(held.files)) return;
  const code = kind === 'weights' ? 'files.severalWeights' : 'files.several';
  throw new WorkbenchError(code, { count, files: namesOf(held) });
}

function namesOf({ files, folders }: Held): string {
  const names = [...files, ...folders].map(({ name }) => name);
  const named = names.slice(0, MOST_NAMED).join(', ');
  return names.length > MOST_NAMED ? `${named} …` : named;
}

/** Of what is held over the page, of which names are not told yet. */
function likelyKind({ dataTransfer }: DragEvent): FileKind | undefined {
  const [item, ...others] = dataTransfer?.items ?? [];
  return others.length === 0 && item?.type.startsWith('image/') ? 'picture' : undefined;
}

function hasFiles({ dataTransfer }: DragEvent): boolean {
  return dataTransfer?.types.includes('Files') ?? false;
}

function hasText(transfer: DataTransfer): boolean {
  return transfer.types.includes('text/plain');
}

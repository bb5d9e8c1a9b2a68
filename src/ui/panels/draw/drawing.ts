import type { Point, Stroke } from '../../../domain/drawing/strokes.ts';
import type { OpenedPicture } from './openPicture.ts';

/** What is on the surface: strokes, or in their place a picture. */
export interface Sheet {
  readonly strokes: readonly Stroke[];
  readonly picture: OpenedPicture | undefined;
}

/** The sheet on the surface, with those that were there before and those that were undone. */
export interface Drawing {
  readonly sheet: Sheet;
  /** The newest last. Another list after each step; the same one while a stroke grows. */
  readonly past: readonly Sheet[];
  /** The next one last. */
  readonly future: readonly Sheet[];
  /** True while the pen is down. */
  readonly isDrawing: boolean;
}

const emptySheet: Sheet = { strokes: [], picture: undefined };

export const emptyDrawing: Drawing = { sheet: emptySheet, past: [], future: [], isDrawing: false };

export type DrawingAction =
  | { readonly type: 'begin'; readonly point: Point; readonly width: number }
  | { readonly type: 'extend'; readonly points: readonly Point[] }
  | { readonly type: 'end' }
  /** The stroke was none: as if the pen had never been put down. */
  | { readonly type: 'abort' }
  | { readonly type: 'undo' }
  | { readonly type: 'redo' }
  | { readonly type: 'clear' }
  | { readonly type: 'open'; readonly picture: OpenedPicture }
  | { readonly type: 'restore'; readonly sheet: Sheet };

/** So many steps can be taken back, and so many pictures: each holds some megabytes. */
export const MOST_STEPS = 200;
export const MOST_PICTURES = 8;

/** Whether nothing is to be seen. */
export function isBlank({ strokes, picture }: Sheet): boolean {
  return !picture && !strokes.some(leavesInk);
}

/** Whether some of it lies on the surface. */
function leavesInk({ points, width }: Stroke): boolean {
  const beyond = (place: number) => Math.max(0, -place, place - 1);
  return points.some(({ x, y }) => Math.hypot(beyond(x), beyond(y)) < width / 2);
}

export function canUndo({ past }: Drawing): boolean {
  return past.length > 0;
}

export function canRedo({ future, isDrawing }: Drawing): boolean {
  return future.length > 0 && !isDrawing;
}

export function draw(drawing: Drawing, action: DrawingAction): Drawing {
  const { sheet, past, future, isDrawing } = drawing;
  switch (action.type) {
    case 'begin': {
      const stroke = { points: [action.point], width: action.width };
      // Whoever draws on a picture wants a drawing.
      const before = sheet.picture ? [] : sheet.strokes;
      const begun = { strokes: [...before, stroke], picture: undefined };
      // What was undone can be redone until there is a stroke to undo.
      return { sheet: begun, past: remembered([...past, sheet]), future, isDrawing: true };
    }
    case 'extend': {
      const last = sheet.strokes.at(-1);
      if (!isDrawing || !last) return drawing;
      const longer = { ...last, points: [...last.points, ...action.points] };
      return { ...drawing, sheet: { ...sheet, strokes: [...sheet.strokes.slice(0, -1), longer] } };
    }
    case 'end':
      return isDrawing ? { ...drawing, future: [], isDrawing: false } : drawing;
    case 'abort':
      return isDrawing ? { ...wayBack(drawing), future } : drawing;
    case 'undo':
      return isDrawing ? { ...wayBack(drawing), future } : wayBack(drawing);
    case 'redo': {
      const next = future.at(-1);
      if (!next || isDrawing) return drawing;
      return { ...drawing, sheet: next, past: [...past, sheet], future: future.slice(0, -1) };
    }
    case 'clear':
      return isBlank(sheet) ? drawing : step(drawing, emptySheet);
    case 'open':
      return step(drawing, { strokes: [], picture: action.picture });
    case 'restore':
      // What was drawn since is worth more than what was there before.
      return isBlank(sheet) ? step(drawing, action.sheet) : drawing;
  }
}

function step({ sheet, past }: Drawing, next: Sheet): Drawing {
  return { sheet: next, past: remembered([...past, sheet]), future: [], isDrawing: false };
}

function wayBack(drawing: Drawing): Drawing {
  const { sheet, past, future } = drawing;
  const before = past.at(-1);
  if (!before) return drawing;
  const back = { past: past.slice(0, -1), future: [...future, sheet] };
  return { sheet: before, ...back, isDrawing: false };
}

/** The newest of them. */
function remembered(past: readonly Sheet[]): readonly Sheet[] {
  let pictures = 0;
  const forgotten = past.findLastIndex(({ picture }) => picture && ++pictures > MOST_PICTURES);
  return past.slice(Math.max(forgotten + 1, past.length - MOST_STEPS));
}

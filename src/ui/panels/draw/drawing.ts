import type { OpenedPicture } from './openPicture.ts';

/** A place on the drawing surface: 0 to 1 across and down, so that it may change its size. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** One line of the pen, from where it was put down to where it was lifted. */
export interface Stroke {
  readonly points: readonly Point[];
  /** As a share of the surface's side. */
  readonly width: number;
}

/** What is on the surface: strokes, or in their place a picture. */
export interface Drawing {
  readonly strokes: readonly Stroke[];
  /** True while the pen is down. */
  readonly isDrawing: boolean;
  readonly picture: OpenedPicture | undefined;
}

export const emptyDrawing: Drawing = { strokes: [], isDrawing: false, picture: undefined };

export type DrawingAction =
  | { readonly type: 'begin'; readonly point: Point; readonly width: number }
  | { readonly type: 'extend'; readonly points: readonly Point[] }
  | { readonly type: 'end' }
  | { readonly type: 'undo' }
  | { readonly type: 'clear' }
  | { readonly type: 'open'; readonly picture: OpenedPicture }
  | { readonly type: 'restore'; readonly drawing: Drawing };

export function isBlank({ strokes, picture }: Drawing): boolean {
  return strokes.length === 0 && !picture;
}

export function draw(drawing: Drawing, action: DrawingAction): Drawing {
  switch (action.type) {
    case 'begin': {
      const stroke = { points: [action.point], width: action.width };
      // Whoever draws on a picture wants a drawing.
      const before = drawing.picture ? [] : drawing.strokes;
      return { strokes: [...before, stroke], isDrawing: true, picture: undefined };
    }
    case 'extend': {
      const last = drawing.strokes.at(-1);
      if (!drawing.isDrawing || !last) return drawing;
      const longer = { ...last, points: [...last.points, ...action.points] };
      return { ...drawing, strokes: [...drawing.strokes.slice(0, -1), longer] };
    }
    case 'end':
      return drawing.isDrawing ? { ...drawing, isDrawing: false } : drawing;
    case 'undo':
      if (drawing.picture) return { ...drawing, picture: undefined };
      return { ...drawing, strokes: drawing.strokes.slice(0, -1), isDrawing: false };
    case 'clear':
      return emptyDrawing;
    case 'open':
      return { ...drawing, isDrawing: false, picture: action.picture };
    case 'restore':
      // What was drawn since is worth more than what was there before.
      return isBlank(drawing) ? action.drawing : drawing;
  }
}

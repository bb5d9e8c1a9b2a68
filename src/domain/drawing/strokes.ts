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

/** Of the side; what goes less far is a dot. */
const DOT_SHARE = 1e-3;

/** Whether the pen stayed where it was put down: of a line without a length, canvases paint nothing. */
export function isDot({ points: [first, ...others] }: Stroke): boolean {
  return others.every(({ x, y }) => first && Math.hypot(x - first.x, y - first.y) < DOT_SHARE);
}

import type { GreyPicture } from '../reading/ink.ts';
import { type Box, charactersOf, union } from '../reading/parts.ts';
import { curveThrough } from './curve.ts';
import { onSurface } from './onSurface.ts';
import type { Point, Stroke } from './strokes.ts';

/** Side of the picture that is painted: ten times MNIST's. */
export const PAINTED_SIDE = 280;
/** MNIST's digits take 20 of 28 pixels. */
const DIGIT_SHARE = 20 / 28;
/** Beside it a pen is as wide as it says, on a digit that takes all of the surface that it may. */
const LEAST_EXTENT = 1e-3;

/**
 * Paints pen strokes for a network: as large as MNIST's digits are, wherever and however small they
 * were written, with a pen in proportion to the digit. On a small digit the pen of the surface would
 * fill every loop; but the strokes are known as points, so nothing is lost.
 */
export function paintPen(strokes: readonly Stroke[], side = PAINTED_SIDE): GreyPicture {
  const lines = strokes.flatMap(({ points, width }) =>
    onSurface(curveThrough(points), width).map((curve) => ({ curve, width })),
  );
  const boxes = lines.map(({ curve }) => boxOf(curve));
  const painted = new Float32Array(side * side);
  const all = boxes.reduce(union, boxes[0] ?? { left: 0, top: 0, right: 0, bottom: 0 });
  const characters = charactersOf(boxes).map((members) => {
    const box = members.map((i) => boxes[i] ?? all).reduce(union);
    return { members, extent: Math.max(box.right - box.left, box.bottom - box.top) };
  });
  const extent = Math.max(all.right - all.left, all.bottom - all.top);
  // The whole with its pen takes DIGIT_SHARE of the side; a pen is `width` of a digit that does so alone.
  const widest = Math.max(...characters.map(({ members, extent }) => penOf(members, extent)));
  const room = DIGIT_SHARE * side;
  const scale = room / (extent + widest);
  const shift = (least: number, most: number) => side / 2 - (scale * (least + most)) / 2;
  const [dx, dy] = [shift(all.left, all.right), shift(all.top, all.bottom)];
  for (const { members, extent } of characters) {
    for (const member of members) {
      const line = lines[member];
      if (!line) continue;
      const pen = Math.max(1, scale * inProportion(line.width, extent));
      const points = line.curve.map(({ x, y }) => ({ x: scale * x + dx, y: scale * y + dy }));
      paintLine(painted, side, points, pen);
    }
  }
  const pixels = Uint8Array.from(painted, (value) => Math.round(255 * value));
  return { width: side, height: side, pixels, ink: 'light' };

  function penOf(members: readonly number[], extent: number): number {
    return Math.max(...members.map((i) => inProportion(lines[i]?.width ?? 0, extent)));
  }
}

/** The pen for a digit of this extent, whose own width counts to it: w / (extent + w) = width / DIGIT_SHARE. */
function inProportion(width: number, extent: number): number {
  const share = Math.min(0.5, width / DIGIT_SHARE);
  return (share * Math.max(LEAST_EXTENT, extent)) / (1 - share);
}

function boxOf(points: readonly Point[]): Box {
  const box = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
  for (const { x, y } of points) {
    box.left = Math.min(box.left, x);
    box.right = Math.max(box.right, x);
    box.top = Math.min(box.top, y);
    box.bottom = Math.max(box.bottom, y);
  }
  return box;
}

/** A round pen along straight pieces, antialiased: brightness falls within a pixel around its edge. */
function paintLine(
  painted: Float32Array,
  side: number,
  points: readonly Point[],
  pen: number,
): void {
  const reach = pen / 2 + 0.5;
  let from = points[0];
  for (const [i, to] of points.entries()) {
    // Pieces much shorter than a pixel change nothing.
    const isLast = i === points.length - 1;
    if (!from || (i > 0 && !isLast && Math.hypot(to.x - from.x, to.y - from.y) < 0.7)) continue;
    const [left, right] = [Math.min(from.x, to.x) - reach, Math.max(from.x, to.x) + reach];
    const [top, bottom] = [Math.min(from.y, to.y) - reach, Math.max(from.y, to.y) + reach];
    const [dx, dy] = [to.x - from.x, to.y - from.y];
    const lengthSquared = dx * dx + dy * dy || 1;
    for (let y = Math.max(0, Math.floor(top)); y < Math.min(side, bottom); y++) {
      for (let x = Math.max(0, Math.floor(left)); x < Math.min(side, right); x++) {
        const [px, py] = [x + 0.5 - from.x, y + 0.5 - from.y];
        const t = Math.min(1, Math.max(0, (px * dx + py * dy) / lengthSquared));
        const coverage = reach - Math.hypot(px - t * dx, py - t * dy);
        const place = y * side + x;
        if (coverage > (painted[place] ?? 0)) painted[place] = Math.min(1, coverage);
      }
    }
    from = to;
  }
}

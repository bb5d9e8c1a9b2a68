import { paintPen } from '../../../domain/drawing/paintPen.ts';
import { isDot, type Stroke } from '../../../domain/drawing/strokes.ts';
import type { Picture } from '../../../protocol/protocol.ts';
import type { Sheet } from './drawing.ts';

const PAPER = '#0d0c0b';
const INK = '#ffffff';

/** Paints the surface as the user sees it, `side` pixels wide and high. */
export function paintSurface(
  context: CanvasRenderingContext2D,
  side: number,
  { strokes, picture }: Sheet,
): void {
  context.fillStyle = PAPER;
  context.fillRect(0, 0, side, side);
  if (!picture) {
    paintStrokes(context, side, strokes);
    return;
  }
  const { width, height } = picture.canvas;
  const scale = Math.min(side / width, side / height);
  const [left, top] = [(side - scale * width) / 2, (side - scale * height) / 2];
  context.drawImage(picture.canvas, left, top, scale * width, scale * height);
}

/** The sheet as the network is asked about it. */
export function pictureOf({ strokes, picture }: Sheet): Picture {
  return picture ? picture.picture : { name: 'drawing', ...paintPen(strokes) };
}

/** Round pens; curves through the middles of the points, so that fast strokes have no corners. */
function paintStrokes(
  context: CanvasRenderingContext2D,
  side: number,
  strokes: readonly Stroke[],
): void {
  context.strokeStyle = INK;
  context.fillStyle = INK;
  context.lineCap = 'round';
  context.lineJoin = 'round';
  for (const stroke of strokes) {
    if (isDot(stroke)) paintDot(context, side, stroke);
    else paintLine(context, side, stroke);
  }
}

function paintDot(
  context: CanvasRenderingContext2D,
  side: number,
  { points: [first], width }: Stroke,
): void {
  if (!first) return;
  context.beginPath();
  context.arc(side * first.x, side * first.y, (side * width) / 2, 0, 2 * Math.PI);
  context.fill();
}

function paintLine(
  context: CanvasRenderingContext2D,
  side: number,
  { points, width }: Stroke,
): void {
  context.lineWidth = side * width;
  context.beginPath();
  for (const [i, point] of points.entries()) {
    if (i === 0) context.moveTo(side * point.x, side * point.y);
    const next = points[i + 1] ?? point;
    const middleX = (point.x + next.x) / 2;
    const middleY = (point.y + next.y) / 2;
    context.quadraticCurveTo(side * point.x, side * point.y, side * middleX, side * middleY);
  }
  context.stroke();
}

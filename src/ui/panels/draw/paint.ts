import type { Picture } from '../../../protocol/protocol.ts';
import { assert } from '../../../util/assert.ts';
import { brightnessOf } from './brightness.ts';
import type { Sheet, Stroke } from './drawing.ts';

/** Side of the picture of a drawing that the network is asked about: ten times MNIST's. */
const ASKED_SIDE = 280;
/** Of the side; what goes less far is a dot. */
const DOT_SHARE = 1e-3;
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
  if (picture) return picture.picture;
  const canvas = new OffscreenCanvas(ASKED_SIDE, ASKED_SIDE);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  assert(context, 'a canvas has a 2D context');
  context.fillStyle = 'black';
  context.fillRect(0, 0, ASKED_SIDE, ASKED_SIDE);
  paintStrokes(context, ASKED_SIDE, strokes);
  const { data } = context.getImageData(0, 0, ASKED_SIDE, ASKED_SIDE);
  return {
    name: 'drawing',
    width: ASKED_SIDE,
    height: ASKED_SIDE,
    pixels: brightnessOf(data),
    ink: 'light',
  };
}

type Context = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

/** Round pens; curves through the middles of the points, so that fast strokes have no corners. */
function paintStrokes(context: Context, side: number, strokes: readonly Stroke[]): void {
  context.strokeStyle = INK;
  context.fillStyle = INK;
  context.lineCap = 'round';
  context.lineJoin = 'round';
  for (const stroke of strokes) {
    if (isDot(stroke)) paintDot(context, side, stroke);
    else paintLine(context, side, stroke);
  }
}

/** Whether the pen stayed where it was put down: of a line without a length, canvases paint nothing. */
function isDot({ points: [first, ...others] }: Stroke): boolean {
  return others.every(({ x, y }) => first && Math.hypot(x - first.x, y - first.y) < DOT_SHARE);
}

function paintDot(context: Context, side: number, { points: [first], width }: Stroke): void {
  if (!first) return;
  context.beginPath();
  context.arc(side * first.x, side * first.y, (side * width) / 2, 0, 2 * Math.PI);
  context.fill();
}

function paintLine(context: Context, side: number, { points, width }: Stroke): void {
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

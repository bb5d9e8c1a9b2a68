import type { Picture } from '../../../protocol/protocol.ts';
import { assert } from '../../../util/assert.ts';
import { brightnessOf } from './brightness.ts';
import type { Drawing, Stroke } from './drawing.ts';

/** Side of the picture of a drawing that the network is asked about: ten times MNIST's. */
const ASKED_SIDE = 280;
const PAPER = '#0d0c0b';
const INK = '#ffffff';

/** Paints the surface as the user sees it, `side` pixels wide and high. */
export function paintSurface(
  context: CanvasRenderingContext2D,
  side: number,
  { strokes, picture }: Drawing,
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

/** The drawing as the network is asked about it. */
export function pictureOf({ strokes, picture }: Drawing): Picture {
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
  context.lineCap = 'round';
  context.lineJoin = 'round';
  for (const { points, width } of strokes) {
    const [first] = points;
    const last = points.at(-1);
    if (!first || !last) continue;
    context.lineWidth = side * width;
    context.beginPath();
    context.moveTo(side * first.x, side * first.y);
    for (const [i, point] of points.entries()) {
      const next = points[i + 1] ?? point;
      const middleX = (point.x + next.x) / 2;
      const middleY = (point.y + next.y) / 2;
      context.quadraticCurveTo(side * point.x, side * point.y, side * middleX, side * middleY);
    }
    // A line to where the pen stands makes a single tap a dot.
    context.lineTo(side * last.x, side * last.y);
    context.stroke();
  }
}

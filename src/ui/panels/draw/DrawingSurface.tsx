import { type KeyboardEvent, type PointerEvent, useEffect, useId, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './draw.module.css';
import { type Drawing, type DrawingAction, isBlank, type Point } from './drawing.ts';
import { paintSurface } from './paint.ts';

interface DrawingSurfaceProps {
  readonly drawing: Drawing;
  /** Of the pen, as a share of the surface's side. */
  readonly penWidth: number;
  readonly onAct: (action: DrawingAction) => void;
  /** Of keys that are none of the surface's own. */
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

/** Where one draws, with mouse, finger or pen. */
export function DrawingSurface({ drawing, penWidth, onAct, onKeyDown }: DrawingSurfaceProps) {
  const { t } = useTranslation('draw');
  const keysId = useId();
  const canvas = useRef<HTMLCanvasElement>(null);
  const newest = useRef(drawing);
  const penId = useRef<number>(undefined);

  useEffect(() => {
    newest.current = drawing;
    repaint(canvas.current, drawing);
  }, [drawing]);
  useEffect(() => {
    if (!canvas.current) return;
    const observer = new ResizeObserver(() => repaint(canvas.current, newest.current));
    observer.observe(canvas.current);
    return () => observer.disconnect();
  }, []);

  const begin = (event: PointerEvent<HTMLCanvasElement>) => {
    if (penId.current !== undefined || event.button !== 0) return;
    penId.current = event.pointerId;
    event.currentTarget.setPointerCapture(event.pointerId);
    const [point] = pointsOf(event);
    if (point) onAct({ type: 'begin', point, width: penWidth });
  };
  const extend = (event: PointerEvent<HTMLCanvasElement>) => {
    if (event.pointerId === penId.current) onAct({ type: 'extend', points: pointsOf(event) });
  };
  const end = (event: PointerEvent<HTMLCanvasElement>) => {
    if (event.pointerId !== penId.current) return;
    penId.current = undefined;
    onAct({ type: 'end' });
  };
  const take = (event: KeyboardEvent) => {
    const isUndo = event.key.toLowerCase() === 'z' && (event.ctrlKey || event.metaKey);
    const clears = ['Escape', 'Delete', 'Backspace'].includes(event.key);
    if (!isUndo && !clears) {
      onKeyDown(event);
      return;
    }
    event.preventDefault();
    onAct({ type: isUndo ? 'undo' : 'clear' });
  };

  return (
    <div className={classes.surface}>
      {/* biome-ignore lint/a11y/noInteractiveElementToNoninteractiveRole: it takes keys of its own. */}
      <canvas
        ref={canvas}
        className={classes.canvas}
        role="application"
        aria-label={t('canvas')}
        aria-describedby={keysId}
        tabIndex={0}
        onPointerDown={begin}
        onPointerMove={extend}
        onPointerUp={end}
        onPointerCancel={end}
        onLostPointerCapture={end}
        onKeyDown={take}
      />
      <span id={keysId} hidden>
        {t('keys')}
      </span>
      {isBlank(drawing) && <span className={classes.hint}>{t('hint')}</span>}
    </div>
  );
}

function repaint(canvas: HTMLCanvasElement | null, drawing: Drawing): void {
  const context = canvas?.getContext('2d');
  if (!canvas || !context) return;
  const side = Math.max(1, Math.round(canvas.clientWidth * window.devicePixelRatio));
  if (canvas.width !== side) {
    canvas.width = side;
    canvas.height = side;
  }
  paintSurface(context, side, drawing);
}

/** All places that the pen went through since the last event: browsers deliver them in bundles. */
function pointsOf({ currentTarget, nativeEvent }: PointerEvent<HTMLCanvasElement>): Point[] {
  const { left, top, width, height } = currentTarget.getBoundingClientRect();
  const bundled = nativeEvent.getCoalescedEvents?.() ?? [];
  const events = bundled.length > 0 ? bundled : [nativeEvent];
  return events.map(({ clientX, clientY }) => ({
    x: (clientX - left) / width,
    y: (clientY - top) / height,
  }));
}

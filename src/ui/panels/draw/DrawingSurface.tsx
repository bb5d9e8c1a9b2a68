import { type KeyboardEvent, type PointerEvent, useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Point } from '../../../domain/drawing/strokes.ts';
import { keyName } from '../../components/keys.ts';
import classes from './draw.module.css';
import { type DrawingAction, isBlank, type Sheet } from './drawing.ts';
import { DrawingPointer } from './drawingPointer.ts';
import { paintSurface } from './paint.ts';
import { useDeviceSide } from './useDeviceSide.ts';

interface DrawingSurfaceProps {
  readonly sheet: Sheet;
  /** Of the pen, as a share of the surface's side. */
  readonly penWidth: number;
  readonly onAct: (action: DrawingAction) => void;
  /** Of keys that are none of the surface's own. */
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

/** What the surface's own keys do. */
const actionsOfKeys: Readonly<Record<string, DrawingAction>> = {
  Escape: { type: 'clear' },
  Delete: { type: 'clear' },
  Backspace: { type: 'clear' },
  'Mod+z': { type: 'undo' },
  'Mod+Shift+z': { type: 'redo' },
  'Mod+y': { type: 'redo' },
};

/** Where one draws, with mouse, finger or pen. */
export function DrawingSurface({ sheet, penWidth, onAct, onKeyDown }: DrawingSurfaceProps) {
  const { t } = useTranslation('draw');
  const keysId = useId();
  const canvas = useRef<HTMLCanvasElement>(null);
  const [pointers] = useState(() => new DrawingPointer());
  const side = useDeviceSide(canvas, sheet);

  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context || side === 0) return;
    // To set a size, be it the same, wipes the canvas.
    if (context.canvas.width !== side) {
      context.canvas.width = side;
      context.canvas.height = side;
    }
    paintSurface(context, side, sheet);
  }, [sheet, side]);

  const begin = (event: PointerEvent<HTMLCanvasElement>) => {
    if (event.button !== 0) return;
    const part = pointers.down(event);
    if (part === 'ignored') return;
    if (part === 'takesOver') onAct({ type: 'abort' });
    event.currentTarget.setPointerCapture(event.pointerId);
    const [point] = pointsOf(event);
    if (point) onAct({ type: 'begin', point, width: penWidth });
  };
  const extend = (event: PointerEvent<HTMLCanvasElement>) => {
    if (pointers.moved(event)) onAct({ type: 'extend', points: pointsOf(event) });
  };
  const end = (event: PointerEvent<HTMLCanvasElement>) => {
    if (pointers.up(event)) onAct({ type: 'end' });
  };
  const take = (event: KeyboardEvent) => {
    const action = actionsOfKeys[keyName(event) ?? ''];
    if (!action) {
      onKeyDown(event);
      return;
    }
    event.preventDefault();
    onAct(action);
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
      {isBlank(sheet) && <span className={classes.hint}>{t('hint')}</span>}
    </div>
  );
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

import { type Ref, useEffect, useImperativeHandle, useRef } from 'react';

interface PixelCanvasProps {
  readonly width: number;
  readonly height: number;
  /** Draws in pixels of the page; called anew whenever it is another function. */
  readonly paint: (context: CanvasRenderingContext2D) => void;
  readonly className?: string | undefined;
  readonly ref?: Ref<HTMLCanvasElement>;
}

/** Pixels that words and lines of the page lie over; it says nothing by itself. */
export function PixelCanvas({ width, height, paint, className, ref }: PixelCanvasProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useImperativeHandle(ref, () => canvas.current as HTMLCanvasElement, []);
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context) return;
    const density = Math.max(1, Math.min(3, window.devicePixelRatio));
    const [across, down] = [Math.round(width * density), Math.round(height * density)];
    if (context.canvas.width !== across) context.canvas.width = across;
    if (context.canvas.height !== down) context.canvas.height = down;
    context.setTransform(density, 0, 0, density, 0, 0);
    paint(context);
  }, [width, height, paint]);
  return <canvas ref={canvas} className={className} style={{ width, height }} aria-hidden />;
}

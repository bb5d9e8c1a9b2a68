import { useCallback } from 'react';
import { blit } from '../figure/blit.ts';
import { PixelCanvas } from '../PixelCanvas.tsx';
import { signalImage } from '../signal.ts';

interface SmallMapProps {
  readonly side: number;
  readonly most: number;
  readonly value: (row: number, column: number) => number;
}

const SIDE = 44;

/** A few numbers as squares. */
export function SmallMap({ side, most, value }: SmallMapProps) {
  const paint = useCallback(
    (context: CanvasRenderingContext2D) => {
      const image = signalImage(side, side, most, (x, y) => value(y, x));
      blit(context, image, { x: 0, y: 0, width: SIDE, height: SIDE });
    },
    [side, most, value],
  );
  return <PixelCanvas width={SIDE} height={SIDE} paint={paint} />;
}

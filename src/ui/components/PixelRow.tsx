import { useEffect, useRef } from 'react';
import type { ImageShape } from '../../domain/architecture/architecture.ts';
import { drawRow } from './drawRow.ts';

interface PixelRowProps {
  /** Images one after the other, `height * width * channels` bytes each. */
  readonly pixels: Uint8Array;
  readonly shape: ImageShape;
  readonly label: string;
  readonly className: string | undefined;
  /** Pixels of nothing between two images. */
  readonly gap?: number;
}

/** Images side by side; one channel is grey, three are red, green and blue. */
export function PixelRow({ pixels, shape, label, className = '', gap = 0 }: PixelRowProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    if (canvas.current) drawRow(canvas.current, pixels, shape, gap);
  }, [pixels, shape, gap]);
  return (
    <canvas
      ref={canvas}
      role="img"
      aria-label={label}
      title={label}
      className={`wb-pixels ${className}`}
    />
  );
}

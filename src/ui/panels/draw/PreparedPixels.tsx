import { useEffect, useRef } from 'react';
import { imageDataOf } from '../../components/imageData.ts';
import classes from './draw.module.css';

interface PreparedPixelsProps {
  /** `width * height` bytes; nothing is shown where there are none. */
  readonly prepared: Uint8Array | undefined;
  readonly width: number;
  readonly height: number;
  /** Said of it, unless what stands around it says it. */
  readonly label?: string;
}

/** An image as it was prepared for the network, each of its pixels to be seen. */
export function PreparedPixels({ prepared, width, height, label }: PreparedPixelsProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context) return;
    const image = prepared
      ? imageDataOf(prepared, { width, height, channels: 1 })
      : new ImageData(width, height);
    context.putImageData(image, 0, 0);
  }, [prepared, width, height]);
  const said = label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label };
  return (
    <canvas
      ref={canvas}
      width={width}
      height={height}
      className={`wb-pixels ${classes.seenPixels}`}
      {...said}
    />
  );
}

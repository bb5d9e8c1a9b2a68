import { useEffect, useRef } from 'react';
import type { ImageShape } from '../../../domain/architecture.ts';

interface PixelRowProps {
  /** Images one after the other, `height * width * channels` bytes each. */
  readonly pixels: Uint8Array;
  readonly shape: ImageShape;
  readonly label: string;
}

/** Screen pixels of one image's height. */
const SHOWN_HEIGHT = 32;

/** Images side by side; one channel is grey, three are red, green and blue. */
export function PixelRow({ pixels, shape, label }: PixelRowProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { height, width, channels } = shape;
  const count = Math.max(1, Math.floor(pixels.length / (height * width * channels)));
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context) return;
    const image = new ImageData(count * width, height);
    for (let pixel = 0; pixel < count * height * width; pixel++) {
      const x = Math.floor(pixel / (height * width)) * width + (pixel % width);
      const y = Math.floor((pixel % (height * width)) / width);
      const brightness = (channel: number) =>
        pixels[pixel * channels + Math.min(channel, channels - 1)] ?? 0;
      image.data.set(
        [brightness(0), brightness(1), brightness(2), 255],
        4 * (y * count * width + x),
      );
    }
    context.putImageData(image, 0, 0);
  }, [pixels, count, height, width, channels]);
  return (
    <canvas
      ref={canvas}
      width={count * width}
      height={height}
      role="img"
      aria-label={label}
      className="wb-pixels"
      style={{ height: SHOWN_HEIGHT, maxWidth: '100%', display: 'block' }}
    />
  );
}

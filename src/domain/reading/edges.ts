import type { Component, Labelled } from './components.ts';
import type { Grey } from './shrink.ts';

/** How far around a piece is looked, in pixels. */
const RING = 3;
/** Paper beside ink is lighter than it by more than this factor, in the sun and in a shadow. */
const LIGHTER = 1.22;
/** So much of what surrounds ink may be no lighter than it. */
const MOST_ALIKE = 0.4;

/**
 * Whether a piece is no ink but the rim of something dark: of the desk behind the paper, or of a finger.
 * Ink has paper around it; a rim has on one side what is as dark as itself. Each place is held against
 * the ink beside it, on which the same light falls.
 */
export function isRim(
  { left, top, right, bottom, label }: Component,
  { labels, width, height }: Labelled,
  { pixels }: Grey,
  ink: 'dark' | 'light',
): boolean {
  const seen = (place: number) => {
    const pixel = pixels[place] ?? 0;
    return ink === 'dark' ? pixel : 255 - pixel;
  };
  let [around, alike] = [0, 0];
  for (let y = Math.max(0, top - RING); y <= Math.min(height - 1, bottom + RING); y++) {
    for (let x = Math.max(0, left - RING); x <= Math.min(width - 1, right + RING); x++) {
      const place = y * width + x;
      if (labels[place] !== 0) continue;
      const darkest = darkestBeside(x, y);
      if (darkest === undefined) continue;
      around++;
      if (seen(place) < LIGHTER * darkest) alike++;
    }
  }
  return alike > MOST_ALIKE * around;

  function darkestBeside(x: number, y: number): number | undefined {
    let darkest: number | undefined;
    for (let dy = -RING; dy <= RING; dy += RING) {
      for (let dx = -RING; dx <= RING; dx += RING) {
        const [nx, ny] = [x + dx, y + dy];
        if (nx < left || nx > right || ny < top || ny > bottom) continue;
        if (labels[ny * width + nx] !== label) continue;
        darkest = Math.min(darkest ?? 255, seen(ny * width + nx));
      }
    }
    return darkest;
  }
}

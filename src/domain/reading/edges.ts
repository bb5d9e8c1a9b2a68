import type { Component, Labelled } from './components.ts';
import type { Grey } from './shrink.ts';

/** How far around a piece is looked, in pixels. */
const RING = 3;
/** Of the contrast between ink and paper: a shadow on the paper is still lighter than ink. */
const ALIKE = 0.22;
/** So much of what surrounds ink may be as dark as it. */
const MOST_DARK = 0.2;

/**
 * Whether a piece is no ink but the rim of something dark: of the desk behind the paper, or of a finger.
 * Ink has paper around it; a rim has on one side what is as dark as itself.
 */
export function isRim(
  { left, top, right, bottom, label }: Component,
  { labels, width, height }: Labelled,
  { pixels }: Grey,
  ink: 'dark' | 'light',
): boolean {
  let [sum, area] = [0, 0];
  const ring: number[] = [];
  for (let y = Math.max(0, top - RING); y <= Math.min(height - 1, bottom + RING); y++) {
    for (let x = Math.max(0, left - RING); x <= Math.min(width - 1, right + RING); x++) {
      const place = y * width + x;
      if (labels[place] === label) {
        sum += pixels[place] ?? 0;
        area++;
      } else if (labels[place] === 0 && isNear(x, y)) ring.push(pixels[place] ?? 0);
    }
  }
  const own = sum / area;
  const brightest = ink === 'dark' ? Math.max(...ring, own) : Math.min(...ring, own);
  const isAsDark = (value: number) => Math.abs(value - own) < ALIKE * Math.abs(brightest - own);
  return ring.filter(isAsDark).length > MOST_DARK * ring.length;

  function isNear(x: number, y: number): boolean {
    return [-RING, 0, RING].some((dy) =>
      [-RING, 0, RING].some((dx) => {
        const [nx, ny] = [x + dx, y + dy];
        const isInside = nx >= left && nx <= right && ny >= top && ny <= bottom;
        return isInside && labels[ny * width + nx] === label;
      }),
    );
  }
}

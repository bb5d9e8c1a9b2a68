/** A connected piece of ink: 8-connected pixels above a threshold. */
export interface Component {
  readonly label: number;
  readonly left: number;
  readonly top: number;
  /** The last column and row that it has. */
  readonly right: number;
  readonly bottom: number;
  /** How many pixels. */
  readonly area: number;
  /** The sum of their strengths. */
  readonly mass: number;
  readonly peak: number;
}

export interface Labelled {
  readonly width: number;
  readonly height: number;
  /** 0 where there is no ink, else the label of a component, from 1. */
  readonly labels: Int32Array;
  /** In the order of their labels. */
  readonly components: readonly Component[];
}

/** Finds what is connected among the pixels stronger than `threshold`: a flood from each new one. */
export function componentsOf(
  strengths: Float32Array,
  width: number,
  height: number,
  threshold: number,
): Labelled {
  const labels = new Int32Array(width * height);
  const components: Component[] = [];
  const stack = new Int32Array(width * height);
  for (let start = 0; start < labels.length; start++) {
    if (labels[start] !== 0 || !((strengths[start] ?? 0) > threshold)) continue;
    const label = components.length + 1;
    labels[start] = label;
    stack[0] = start;
    let depth = 1;
    let [left, right, top, bottom] = [width, 0, height, 0];
    let [area, mass, peak] = [0, 0, 0];
    while (depth > 0) {
      const place = stack[--depth] ?? 0;
      const x = place % width;
      const y = (place - x) / width;
      const strength = strengths[place] ?? 0;
      area++;
      mass += strength;
      if (strength > peak) peak = strength;
      if (x < left) left = x;
      if (x > right) right = x;
      if (y < top) top = y;
      if (y > bottom) bottom = y;
      for (let ny = Math.max(0, y - 1); ny <= Math.min(height - 1, y + 1); ny++) {
        for (let nx = Math.max(0, x - 1); nx <= Math.min(width - 1, x + 1); nx++) {
          const next = ny * width + nx;
          if (labels[next] !== 0 || !((strengths[next] ?? 0) > threshold)) continue;
          labels[next] = label;
          stack[depth++] = next;
        }
      }
    }
    components.push({ label, left, top, right, bottom, area, mass, peak });
  }
  return { width, height, labels, components };
}

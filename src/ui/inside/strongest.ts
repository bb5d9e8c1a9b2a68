import type { LayerActivations } from '../../domain/inside/inspection.ts';

/** The largest value of each map, or of each unit; plus or minus. */
export function peaksOf({ shape, values }: LayerActivations): Float32Array {
  const maps = shape.at(-1) ?? 1;
  const peaks = new Float32Array(maps);
  for (let i = 0; i < values.length; i++) {
    const map = i % maps;
    peaks[map] = Math.max(peaks[map] ?? 0, Math.abs(values[i] ?? 0));
  }
  return peaks;
}

/** The maps that are strongest anywhere, the strongest first. Maps of nothing are none. */
export function strongestMaps(layer: LayerActivations, count: number): number[] {
  const peaks = peaksOf(layer);
  return [...peaks.keys()]
    .filter((map) => (peaks[map] ?? 0) > 0)
    .sort((a, b) => (peaks[b] ?? 0) - (peaks[a] ?? 0))
    .slice(0, count);
}

/** Maps that are nowhere more than nothing. */
export const silentMaps = (layer: LayerActivations): number =>
  peaksOf(layer).filter((peak) => peak === 0).length;

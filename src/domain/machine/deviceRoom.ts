const GIBIBYTE = 2 ** 30;
/** Beside the set there are a network, its copy in the engine, and the rest of the machine. */
const SHARE_OF_A_SET = 1 / 4;

/**
 * How large a data set may be that a page opens by itself, or keeps for the next visit, where the browser
 * tells how much memory the machine has; it tells of no more than some gigabytes.
 */
export function mostSetBytes(memoryGiB: number | undefined): number {
  return memoryGiB === undefined ? Number.POSITIVE_INFINITY : memoryGiB * GIBIBYTE * SHARE_OF_A_SET;
}

/** Chromium alone tells it, and to secure pages alone. */
export function deviceMemoryGiB(): number | undefined {
  const { deviceMemory } = navigator as Navigator & { readonly deviceMemory?: number };
  return deviceMemory;
}

import { assert } from '../../util/assert.ts';

/**
 * Which transient buffers share memory: two may if no step of the plan needs both. Buffers are
 * placed in the order of their first use; each takes the smallest free place that is large enough,
 * or lets the largest free one grow, or opens a new one. Whole buffers are shared, not parts of one:
 * WebGPU forbids a dispatch to read and write the same buffer, wherever in it.
 */
export interface MemoryPlan {
  /** Bytes of each place. */
  readonly places: readonly number[];
  /** From a buffer's name to its place. */
  readonly placeOf: ReadonlyMap<string, number>;
}

/**
 * @param uses the transient buffers that each node of the plan names, in order
 * @param bytesOf the size of each of them
 */
export function planMemory(
  uses: readonly (readonly string[])[],
  bytesOf: ReadonlyMap<string, number>,
): MemoryPlan {
  const lastUse = new Map<string, number>();
  for (const [node, names] of uses.entries()) for (const name of names) lastUse.set(name, node);

  const places: number[] = [];
  const free = new Set<number>();
  const placeOf = new Map<string, number>();
  for (const [node, names] of uses.entries()) {
    for (const name of names) {
      if (placeOf.has(name)) continue;
      const bytes = bytesOf.get(name);
      assert(bytes !== undefined, `buffer ${name} has a size`);
      const place = choosePlace(places, free, bytes);
      free.delete(place);
      places[place] = Math.max(places[place] ?? 0, bytes);
      placeOf.set(name, place);
    }
    for (const name of new Set(names)) {
      const place = placeOf.get(name);
      if (lastUse.get(name) === node && place !== undefined) free.add(place);
    }
  }
  return { places, placeOf };
}

function choosePlace(places: readonly number[], free: ReadonlySet<number>, bytes: number): number {
  const candidates = [...free].map((place) => ({ place, room: places[place] ?? 0 }));
  const enough = candidates.filter(({ room }) => room >= bytes).sort((a, b) => a.room - b.room);
  const largest = candidates.sort((a, b) => b.room - a.room);
  return enough[0]?.place ?? largest[0]?.place ?? places.length;
}

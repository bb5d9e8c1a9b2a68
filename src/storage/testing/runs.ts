import { openDB } from 'idb';
import { architectureOf, seedRecipe } from '../../domain/recipe/recipe.ts';
import type { NamedTensor, RunRecord } from '../../domain/runs/run.ts';
import type { RunStore, Saved } from '../runStore.ts';

/** A run's record, with a little of everything. */
export function recordOf(id: string, step: number): RunRecord {
  return {
    id,
    name: `Run ${id}`,
    status: 'paused',
    createdAt: 1,
    updatedAt: step,
    recipe: seedRecipe,
    architecture: architectureOf(seedRecipe, { height: 28, width: 28, channels: 1 }, 10),
    scaling: { kind: 'minmax', offset: 0, factor: 1 / 255 },
    datasetName: 'MNIST',
    classNames: ['0', '1'],
    engine: 'wasm',
    step,
    trainingMs: 0,
    history: { training: [{ step, loss: 0.5, accuracy: 0.9 }], validation: [] },
  };
}

/** A record whose curves are lists, as those that tests write. */
export function inLists({ history, ...facts }: RunRecord): RunRecord {
  const { training, validation } = history;
  return { ...facts, history: { training: [...training], validation: [...validation] } };
}

/** 20 MiB in two tensors: more than one chunk, with a border inside a tensor. */
export function tensorsOf(fill: number): NamedTensor[] {
  return [
    { name: 'a', shape: [3], values: Float32Array.of(fill, -0, Number.MIN_VALUE) },
    { name: 'b', shape: [5, 1024, 1024], values: new Float32Array(5 * 1024 * 1024).fill(fill) },
  ];
}

export const CHUNKS_OF_TENSORS = 2;

/** Saves a run as whoever saved it last would. */
export async function keepIn(
  store: RunStore,
  record: RunRecord,
  tensors: readonly NamedTensor[],
): Promise<Saved> {
  return store.save(record, tensors, await store.newestVersion(record.id));
}

/** Changes the stored bytes of a chunk behind the store's back. */
export async function damage(
  name: string,
  key: readonly [runId: string, generation: number, index: number],
  change: 'remove' | { readonly bit: number },
): Promise<void> {
  const database = await openDB(name);
  if (change === 'remove') await database.delete('chunks', [...key]);
  else {
    const bytes = new Uint8Array(await database.get('chunks', [...key]));
    const at = Math.floor(change.bit / 8) % bytes.length;
    bytes[at] = (bytes[at] ?? 0) ^ (1 << (change.bit % 8));
    await database.put('chunks', bytes.buffer, [...key]);
  }
  database.close();
}

/** The keys of a store, looked up behind the stores' backs. */
export async function keysIn(name: string, store: 'chunks' | 'commits' | 'curves' | 'runs') {
  const database = await openDB(name);
  const keys = await database.getAllKeys(store);
  database.close();
  return keys;
}

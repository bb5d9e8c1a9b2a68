import { SYNC_ADDRESS, SYNC_BYTES } from './sync.ts';

/**
 * How a thread that fails tells the others, which wait for it at the barrier and hear no message: it
 * leaves its reason in the memory that they share, then says that there is one, and ends the round.
 */

/** Words of the barrier: see `assembly/barrier.ts`. */
const ROUND = 1;
/** How many bytes of a reason there are; 0 as long as nobody failed. */
const FAILED = 2;
/** Who makes this 1 writes the reason: the first, since others fail because of it. */
const CLAIMED = 3;
const REASON = 16;

export function tellFailure(memory: WebAssembly.Memory, reason: string): void {
  const words = new Int32Array(memory.buffer, SYNC_ADDRESS, REASON / 4);
  if (Atomics.compareExchange(words, CLAIMED, 0, 1) !== 0) return;
  const text = new TextEncoder().encode(reason || 'unknown').subarray(0, SYNC_BYTES - REASON);
  new Uint8Array(memory.buffer, SYNC_ADDRESS + REASON, text.length).set(text);
  Atomics.store(words, FAILED, text.length);
  Atomics.add(words, ROUND, 1);
  Atomics.notify(words, ROUND);
}

/** Why the first thread failed; undefined where none did. */
export function failureIn(memory: WebAssembly.Memory): string | undefined {
  const words = new Int32Array(memory.buffer, SYNC_ADDRESS, REASON / 4);
  const bytes = Atomics.load(words, FAILED);
  if (bytes === 0) return undefined;
  // A copy: text is not decoded from memory that is shared.
  return new TextDecoder().decode(
    new Uint8Array(memory.buffer, SYNC_ADDRESS + REASON, bytes).slice(),
  );
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message || error.name : String(error);
}

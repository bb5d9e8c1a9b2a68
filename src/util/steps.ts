/** Awaited after every piece of work, with the bytes that it brought; ends the work where it throws. */
export type Advance = (bytes: number) => Promise<void>;

/**
 * Work on more than one goes through at once: it yields after each piece, so that whoever drives it lets messages
 * in between, and can end it there.
 */
export type Steps<Result> = Generator<void, Result, void>;

/** Bytes or numbers that the slowest machine goes through well within the time that messages may wait. */
export const PORTION = 2 ** 20;

/** From where to where the portions of so many items reach. @param cost of each item, in bytes or numbers */
export function* portions(count: number, cost = 1): Generator<readonly [from: number, to: number]> {
  const size = Math.max(1, Math.floor(PORTION / Math.max(1, cost)));
  for (let from = 0; from < count; from += size) yield [from, Math.min(count, from + size)];
}

/** Lets messages in between the pieces; ends where `advance` throws. */
export async function inSteps<Result>(work: Steps<Result>, advance: Advance): Promise<Result> {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
    await advance(0);
  }
}

/** All at once, of what is known to be little. */
export function atOnce<Result>(work: Steps<Result>): Result {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}

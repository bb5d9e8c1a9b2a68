import { abortedWith } from './abortedWith.ts';

/**
 * Does several things at once, and each only as long as all of them can succeed: where one fails the
 * others are told to end, and its reason is the one that is given.
 * @param signal ends all of them
 */
export async function together<T>(
  signal: AbortSignal,
  tasks: readonly ((signal: AbortSignal) => Promise<T>)[],
): Promise<T[]> {
  const { controller, release } = abortedWith(signal);
  try {
    return await Promise.all(tasks.map((task) => task(controller.signal)));
  } catch (error) {
    controller.abort(error);
    throw error;
  } finally {
    release();
  }
}

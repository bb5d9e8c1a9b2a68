/**
 * Does several things at once, and each only as long as all of them can succeed: where one fails the
 * others are told to end, and its reason is the one that is given.
 * @param signal ends all of them
 */
export async function together<T>(
  signal: AbortSignal,
  tasks: readonly ((signal: AbortSignal) => Promise<T>)[],
): Promise<T[]> {
  const own = new AbortController();
  const end = () => own.abort(signal.reason);
  if (signal.aborted) end();
  signal.addEventListener('abort', end);
  try {
    return await Promise.all(tasks.map((task) => task(own.signal)));
  } catch (error) {
    own.abort(error);
    throw error;
  } finally {
    signal.removeEventListener('abort', end);
  }
}

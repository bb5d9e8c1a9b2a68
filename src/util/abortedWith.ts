/**
 * A controller that is aborted with another's signal, and may be aborted by itself.
 * (`AbortSignal.any` is younger than the oldest browsers that are named.)
 */
export function abortedWith(signal: AbortSignal): {
  readonly controller: AbortController;
  /** To be called in the end, so that the signal does not hold what is over. */
  readonly release: () => void;
} {
  const controller = new AbortController();
  const follow = () => controller.abort(signal.reason);
  if (signal.aborted) follow();
  signal.addEventListener('abort', follow);
  return { controller, release: () => signal.removeEventListener('abort', follow) };
}

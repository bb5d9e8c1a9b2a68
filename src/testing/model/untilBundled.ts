/**
 * Until the workers are bundled, which is begun when the first is asked for and takes longer on a busy
 * machine than a page waits for a word of its worker.
 */
export async function untilBundled(): Promise<void> {
  const { ok, status } = await fetch('/bundled-workers/worker.js');
  if (!ok) throw new Error(`the bundled workers are not served: ${status}`);
}

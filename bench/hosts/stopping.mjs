import { say } from '../../scripts/lib/say.mjs';

/**
 * Runs a command that leaves nothing behind, whatever ends it: what `leave` was given is done at the end,
 * the last first. Ctrl-C ends it in an orderly way; the second one ends it at once.
 * @param {(leave: (last: () => unknown) => void) => Promise<number | undefined | void>} command
 * @returns {Promise<number | undefined | void>} its exit status
 */
export async function stoppable(command) {
  /** @type {(() => unknown)[]} */
  const lasts = [];
  /** @type {(status: number) => void} */
  let stop = () => {};
  const stopped = new Promise((resolve) => {
    stop = resolve;
  });
  const onInt = () => stop(130);
  const onTerm = () => stop(143);
  process.once('SIGINT', onInt);
  process.once('SIGTERM', onTerm);
  let isOver = false;
  const running = command((last) => {
    if (isOver) void last();
    else lasts.push(last);
  });
  try {
    const status = await Promise.race([running, stopped]);
    if (status === 130 || status === 143) {
      say('Interrupted. Closing what was opened ...');
      // What fails from now on fails because it was interrupted.
      running.catch(() => {});
    }
    return /** @type {number | undefined} */ (status);
  } finally {
    isOver = true;
    for (const last of lasts.reverse()) await Promise.resolve(last()).catch(() => {});
    process.off('SIGINT', onInt);
    process.off('SIGTERM', onTerm);
  }
}

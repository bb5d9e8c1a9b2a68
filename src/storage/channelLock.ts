import { newId } from '../util/newId.ts';

/**
 * A lock among the tabs of one origin where there are no Web Locks: outside of secure contexts. Who
 * wants it asks all others over a channel. Whoever has it says so; so does, of two who ask at once, the
 * one whose identifier is the smaller. Who hears nothing for a while has it. A tab that is closed or
 * dies is silent, so that its lock is free at once.
 */

/** Longer than a holder is busy without a look at its messages, but for the steps of large networks. */
const SILENCE_MS = 1500;

type Message = { readonly type: 'ask'; readonly id: string } | { readonly type: 'mine' };

/**
 * Asks for it again and again with pauses, as who has it answers at once, in a bounded time or as long as
 * there is hope. Gives nothing where it never came.
 */
export async function waitOverChannel(
  name: string,
  { pauseMs, mostMs, isHopeless = () => false }: Waiting,
): Promise<(() => void) | undefined> {
  const begunAt = performance.now();
  for (;;) {
    const letGo = await lockOverChannel(name);
    if (letGo || isHopeless() || performance.now() - begunAt >= mostMs) return letGo;
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}

interface Waiting {
  readonly pauseMs: number;
  readonly mostMs: number;
  readonly isHopeless?: () => boolean;
}

/** Gives the function that lets it go, or nothing where somebody else has it. */
export async function lockOverChannel(
  name: string,
  silenceMs = SILENCE_MS,
): Promise<(() => void) | undefined> {
  const id = newId();
  const channel = new BroadcastChannel(name);
  const say = (message: Message) => channel.postMessage(message);
  let isMine = false;
  const isRefused = await new Promise<boolean>((settle) => {
    setTimeout(() => settle(false), silenceMs);
    channel.onmessage = ({ data }: MessageEvent<Message>) => {
      if (data.type === 'mine') settle(!isMine);
      else if (isMine || id < data.id) say({ type: 'mine' });
      else settle(true);
    };
    say({ type: 'ask', id });
  });
  isMine = !isRefused;
  if (isMine) return () => channel.close();
  channel.close();
  return undefined;
}

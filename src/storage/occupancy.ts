/**
 * How the tab that holds a lock for long tells the others, over a channel: at once when it begins, and
 * to whoever asks. A tab that is dead, or about to let go, says nothing.
 */

type Word = 'who has it?' | 'I have it';

const channelOf = (lock: string) => new BroadcastChannel(`${lock}:occupancy`);

/** The side of the one that has the lock. */
export class Occupancy {
  private channel: BroadcastChannel | undefined;

  constructor(private readonly lock: string) {}

  begin(): void {
    if (this.channel) return;
    const channel = channelOf(this.lock);
    const say = (word: Word) => channel.postMessage(word);
    channel.onmessage = ({ data }: MessageEvent<Word>) => {
      if (data === 'who has it?') say('I have it');
    };
    // Some may have asked before.
    say('I have it');
    this.channel = channel;
  }

  end(): void {
    this.channel?.close();
    this.channel = undefined;
  }
}

/** The side of the one that wants it: calls back once somebody says that they have it. Gives what stops that. */
export function whenOccupied(lock: string, listener: () => void): () => void {
  const channel = channelOf(lock);
  channel.onmessage = ({ data }: MessageEvent<Word>) => {
    if (data === 'I have it') listener();
  };
  channel.postMessage('who has it?' satisfies Word);
  return () => channel.close();
}

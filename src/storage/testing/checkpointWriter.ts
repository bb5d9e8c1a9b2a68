import { RunStore } from '../runStore.ts';
import { keepIn, recordOf, tensorsOf } from './runs.ts';

/**
 * A worker that writes one checkpoint of a run after another, each filled with the number of its step,
 * until somebody ends it. It says when a write is under way, and when one is said to be saved.
 */
export type WriterNews = { readonly writing: number } | { readonly saved: number };

const say = (news: WriterNews) => self.postMessage(news);

self.onmessage = ({ data }: MessageEvent<{ name: string; from: number }>) => {
  write(data.name, data.from).catch(reportError);
};

async function write(name: string, from: number): Promise<never> {
  let step = from;
  const store = await RunStore.open(name, () => say({ writing: step }));
  for (;;) {
    await keepIn(store, recordOf('r', step), tensorsOf(step));
    say({ saved: step });
    step++;
  }
}

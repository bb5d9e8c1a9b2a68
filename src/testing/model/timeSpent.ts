/** How long each kind of thing took, of all sequences: where a sequence's time goes. */
const spent = new Map<string, { times: number; ms: number }>();

/** Does it, and counts its time to this kind; what one part of it takes may count to another kind too. */
export async function timed<T>(kind: string, task: () => Promise<T>): Promise<T> {
  const begun = performance.now();
  try {
    return await task();
  } finally {
    const { times, ms } = spent.get(kind) ?? { times: 0, ms: 0 };
    spent.set(kind, { times: times + 1, ms: ms + performance.now() - begun });
  }
}

/** A line each, the longest first. */
export function timeSpentTold(): string {
  const lines = [...spent].sort(([, a], [, b]) => b.ms - a.ms);
  return lines
    .map(([kind, { times, ms }]) => `${(ms / 1000).toFixed(1)} s in ${times} x ${kind}`)
    .join('\n');
}

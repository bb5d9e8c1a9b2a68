/** How often each thing was done or befell, of all sequences: what never happens is not tested. */
export const timesDone = new Map<string, number>();

export function countDone(words: string, times = 1): void {
  timesDone.set(words, (timesDone.get(words) ?? 0) + times);
}

/** A line each, the most frequent first. */
export function timesTold(): string {
  const lines = [...timesDone].sort(([, a], [, b]) => b - a);
  return lines.map(([words, times]) => `${times} x ${words}`).join('\n');
}

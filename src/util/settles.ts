import { WorkbenchError } from './errors.ts';
import type { PhraseCode } from './phraseTexts.ts';

/**
 * What another thread, a device or a person answers, waited for at most so long: whoever dies without
 * a word is told by a refusal (`wait.tooLong`), and never by a wait without end.
 */
export async function settles<T>(
  answer: Promise<T>,
  mostMs: number,
  waitedFor: PhraseCode,
): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const seconds = Math.round(mostMs / 1000);
      reject(new WorkbenchError('wait.tooLong', { waitedFor: { code: waitedFor }, seconds }));
    }, mostMs);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}

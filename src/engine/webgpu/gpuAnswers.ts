import { deferred } from '../../util/deferred.ts';
import { WorkbenchError } from '../../util/errors.ts';
import { settles } from '../../util/settles.ts';

/**
 * What the GPU answers, waited for as long as it is alive.
 *
 * How long work takes is known to nobody: a step may take a processor that plays the GPU a minute. But
 * work that was submitted ends, a GPU that hangs is ended by its driver or its browser, and a lost
 * device settles every promise. What none of that ends is the silence of the browser's own GPU process.
 * So it is asked something that it answers beside its work (within 0.1 s, while a processor plays the
 * GPU for 20 s in one submit), and given up where it does not. An answer that got lost on its way is
 * given up after longer than anybody would wait for one piece of work.
 */
export async function gpuAnswers<T>(
  device: Pick<GPUDevice, 'pushErrorScope' | 'popErrorScope'>,
  answer: Promise<T>,
  { askMs, mostUnanswered, mostMs }: Patience = patience,
): Promise<T> {
  const silence = deferred<never>();
  let unanswered = 0;
  const ask = () => {
    if (unanswered >= mostUnanswered) {
      const seconds = Math.round((unanswered * askMs) / 1000);
      silence.reject(
        new WorkbenchError('wait.tooLong', { waitedFor: { code: 'wait.gpu' }, seconds }),
      );
      return;
    }
    unanswered++;
    const heard = () => {
      unanswered = 0;
    };
    device.pushErrorScope('internal');
    device.popErrorScope().then(heard, heard);
  };
  // Questions are counted, not time: a machine that slept has asked none meanwhile.
  const asking = setInterval(ask, askMs);
  try {
    return await settles(Promise.race([answer, silence.promise]), mostMs, 'wait.gpu');
  } finally {
    clearInterval(asking);
  }
}

interface Patience {
  readonly askMs: number;
  readonly mostUnanswered: number;
  readonly mostMs: number;
}

/** A minute of silence: a busy browser compiles a large shader on the way, which takes seconds. */
const patience: Patience = { askMs: 5000, mostUnanswered: 12, mostMs: 3_600_000 };

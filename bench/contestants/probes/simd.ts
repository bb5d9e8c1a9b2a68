import { assert } from '../../../src/util/assert.ts';
import type { Open } from '../contestant.ts';
import { flopsOfTurn, simdModule } from './simdModule.ts';
import type { SimdRequest } from './simdWorker.ts';

/** Of one run, on each thread. */
const FLOPS = 4e8;

/** A probe of the processor through WebAssembly, on all threads at once. */
export const open: Open = async ({ settings, threads }) => {
  const accumulators = Number(settings.sums);
  const relaxed = settings.relaxed === 'yes';
  const bytes = simdModule(accumulators, relaxed);
  assert(WebAssembly.validate(bytes), 'this browser knows these instructions');
  const workers = Array.from(
    { length: threads },
    () => new Worker(new URL('./simdWorker.ts', import.meta.url), { type: 'module' }),
  );
  const module = await WebAssembly.compile(bytes);
  const turns = Math.round(FLOPS / flopsOfTurn(accumulators));
  const ask = (worker: Worker, request: SimdRequest) =>
    new Promise<void>((resolve, reject) => {
      worker.onmessage = () => resolve();
      worker.onerror = ({ message }) => reject(new Error(message));
      worker.postMessage(request);
    });
  const all = (request: SimdRequest) => Promise.all(workers.map((worker) => ask(worker, request)));
  await all({ module });
  return {
    facts: { threads, sums: accumulators },
    async step() {
      return {
        flops: flopsOfTurn(accumulators) * turns * threads,
        async run(times) {
          await all({ turns: turns * times });
          return undefined;
        },
        dispose: () => workers.forEach((worker) => void worker.terminate()),
      };
    },
  };
};

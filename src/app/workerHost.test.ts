import * as Comlink from 'comlink';
import { describe, expect, it } from 'vitest';
import type { EngineReport } from '../domain/machine/engineReport.ts';
import { seedRecipe } from '../domain/recipe/recipe.ts';
import type { StartOptions, WorkerApi } from '../protocol/protocol.ts';
import type { Opening, WorkerEvent } from '../protocol/workerEvents.ts';
import { WorkbenchError } from '../util/errors.ts';
import { reduce } from './reduce.ts';
import { createWorkbenchStore } from './store.ts';
import { WorkerHost } from './workerHost.ts';

const set: Opening = { kind: 'dataset', id: 'the last set' };
const run: Opening = { kind: 'run', id: 'the last run' };
const report: EngineReport = { name: 'wasm', reason: 'chosen' };
const options: StartOptions = {
  ...{ engine: 'wasm', siteUrl: 'https://workbench.test/', tuning: 'off', threads: 1 },
};

/** A page without WebGPU, whose workers each die of the first of these that they are not told to pass over. */
function pageWith(deadly: readonly Opening[]) {
  const store = createWorkbenchStore(seedRecipe, 'auto');
  const passedOver: StartOptions['passOver'][] = [];
  const makeWorker = () => {
    const { port1, port2 } = new MessageChannel();
    const worker = Object.assign(port1, {
      onerror: (_: { message: string }) => {},
      terminate: () => port1.close(),
    });
    const start: WorkerApi['start'] = async ({ engine, passOver }) => {
      passedOver.push(passOver);
      if (engine === 'webgpu') {
        const problem = 'this browser has no WebGPU';
        throw new WorkbenchError('engine.unavailable', { engine, problem });
      }
      const opening = deadly.find(({ id }) => !passOver?.includes(id));
      if (!opening) return report;
      const stop = store.subscribe((state) => {
        if (state.opening?.id !== opening.id) return;
        stop();
        worker.onerror({ message: 'out of memory' });
      });
      const workbenchEvent: WorkerEvent = { type: 'opening', opening };
      port2.postMessage({ heartbeat: { busyMs: 0 }, workbenchEvent });
      return new Promise(() => undefined);
    };
    Comlink.expose({ start }, port2);
    return worker as unknown as Worker;
  };
  const onEvent = (event: WorkerEvent) => store.setState((state) => reduce(state, event), true);
  return { host: new WorkerHost(makeWorker, store, onEvent), store, passedOver };
}

describe('what a worker dies of while none has started yet', () => {
  it('is passed over by the next, whichever engine is chosen for that', async () => {
    const { host, store, passedOver } = pageWith([run]);
    const refused = host.start({ ...options, engine: 'webgpu' });
    await expect(refused).rejects.toMatchObject({ code: 'engine.unavailable' });
    await expect(host.startAnew('wasm')).rejects.toMatchObject({ code: 'worker.failed' });
    expect(store.getState()).toMatchObject({ phase: 'failed', passedOver: [run.id] });

    expect(await host.startAnew('wasm')).toEqual(report);
    expect(passedOver).toEqual([undefined, undefined, [run.id]]);
  });

  it('is passed over too where it is the second that the page starts with', async () => {
    const { host, passedOver } = pageWith([set, run]);
    await expect(host.start(options)).rejects.toMatchObject({ code: 'worker.failed' });
    expect(await host.startAnew('wasm')).toEqual(report);
    expect(passedOver).toEqual([undefined, [set.id], [set.id, run.id]]);
  });
});

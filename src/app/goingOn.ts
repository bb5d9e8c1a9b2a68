import type { StartOptions } from '../protocol/protocol.ts';
import { WorkbenchError } from '../util/errors.ts';
import { nothingOfRun, type WorkbenchState } from './state.ts';
import type { WorkbenchStore } from './store.ts';

/** What a worker that takes the place of another begins with, and what the page shows after. */

/** The worker itself, and not its engine. */
const DEATHS: ReadonlySet<unknown> = new Set(['worker.failed', 'worker.silent']);

/** What the worker was opening when it died or hung is opened by none after it, until the user asks. */
export function noteDeath(store: WorkbenchStore, end: unknown): void {
  if (!(end instanceof WorkbenchError) || !DEATHS.has(end.code)) return;
  const { opening, passedOver } = store.getState();
  if (!opening || passedOver.includes(opening.id)) return;
  store.setState({ passedOver: [...passedOver, opening.id] });
}

/** As the page asked for its first worker; what is passed over is the page's to know. */
export function firstStart(options: StartOptions, { passedOver }: WorkbenchState): StartOptions {
  return passedOver.length > 0 ? { ...options, passOver: passedOver } : options;
}

/** The same, with what this page had, and not what another tab has opened since. */
export function nextStart(options: StartOptions, state: WorkbenchState): StartOptions {
  const { run, dataset } = state;
  return {
    ...firstStart(options, state),
    runId: run?.record.id,
    datasetId: dataset.status === 'ready' ? dataset.summary.id : undefined,
  };
}

/** What the page shows of a run or a data set that the worker has not opened goes: nothing holds it. */
export function forgetUnopened(store: WorkbenchStore, before: WorkbenchState): void {
  const { run, dataset } = store.getState();
  if (run !== undefined && run === before.run) store.setState(nothingOfRun);
  if (dataset === before.dataset) store.setState({ dataset: { status: 'absent' } });
}

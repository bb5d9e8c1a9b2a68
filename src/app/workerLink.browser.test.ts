import { afterEach, describe, expect, it } from 'vitest';
import type { WorkerEvent } from '../protocol/workerEvents.ts';
import { WorkbenchError } from '../util/errors.ts';
import { WorkerLink } from './workerLink.ts';

/** Says back whatever it hears. */
const echo = URL.createObjectURL(
  new Blob(['onmessage = ({ data }) => postMessage(data)'], { type: 'text/javascript' }),
);

let link: WorkerLink;
afterEach(() => link.end(new WorkbenchError('worker.restarted')));

describe('what the worker says', () => {
  it('is passed on, or ignored with one notice where it is not known', async () => {
    const worker = new Worker(echo);
    const heard: WorkerEvent[] = [];
    link = new WorkerLink(
      worker,
      (event) => heard.push(event),
      () => undefined,
    );
    const heartbeat = { busyMs: 0 };
    const known = { type: 'phase', phase: 'idle' } as const;
    worker.postMessage('junk');
    worker.postMessage({ heartbeat, workbenchEvent: { type: 'step' } });
    worker.postMessage({ heartbeat, workbenchEvent: known });

    await expect.poll(() => heard.at(-1)).toEqual(known);
    const notice = { kind: 'warning', code: 'message.ignored', params: { problem: 'string' } };
    expect(heard).toMatchObject([{ type: 'error', ...notice }, known]);
  });
});

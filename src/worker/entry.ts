import * as Comlink from 'comlink';
import { transferWorkbenchErrors } from '../protocol/errorTransfer.ts';
import type { WorkerMessage } from '../protocol/protocol.ts';
import { Session } from './session.ts';

const HEARTBEAT_MS = 1000;

transferWorkbenchErrors();
const post = (message: Partial<WorkerMessage>) =>
  self.postMessage({
    ...message,
    heartbeat: { busyMs: session.busyMs },
  } satisfies Partial<WorkerMessage>);
const session = new Session((workbenchEvent) => post({ workbenchEvent }));
setInterval(() => post({}), HEARTBEAT_MS);
Comlink.expose(session);

import * as Comlink from 'comlink';
import { callSchemas } from '../protocol/callSchemas.ts';
import { transferWorkbenchErrors } from '../protocol/errorTransfer.ts';
import type { WorkerApi } from '../protocol/protocol.ts';
import type { WorkerMessage } from '../protocol/workerEvents.ts';
import { callsOnly } from './calls/callsOnly.ts';
import { guarded } from './calls/guarded.ts';
import { obedient } from './calls/obedient.ts';
import { Session } from './session.ts';

const HEARTBEAT_MS = 1000;

transferWorkbenchErrors();
const post = (message: Partial<WorkerMessage>) =>
  self.postMessage({
    ...message,
    heartbeat: { busyMs: session.busyMs },
  } satisfies Partial<WorkerMessage>);
// The page names its worker by the site whose things it keeps.
const session = new Session((workbenchEvent) => post({ workbenchEvent }), self.name || undefined);
setInterval(() => post({}), HEARTBEAT_MS);
callsOnly(self);
Comlink.expose(guarded<WorkerApi>(obedient(session), callSchemas));

import * as Comlink from 'comlink';
import { transferWorkbenchErrors } from '../protocol/errorTransfer.ts';
import type { EventMessage } from '../protocol/protocol.ts';
import { Session } from './session.ts';

transferWorkbenchErrors();
Comlink.expose(
  new Session((workbenchEvent) => self.postMessage({ workbenchEvent } satisfies EventMessage)),
);

import * as Comlink from 'comlink';
import { transferWorkbenchErrors } from '../protocol/errorTransfer.ts';
import { Session } from './session.ts';

transferWorkbenchErrors();
Comlink.expose(new Session());

import type * as Comlink from 'comlink';
import * as v from 'valibot';
import { callNames } from '../../protocol/callSchemas.ts';
import { thrownAnswer } from '../../protocol/errorTransfer.ts';
import { WorkbenchError } from '../../util/errors.ts';
import { complaintOf } from './complaint.ts';

const MOST_ARGUMENTS = 8;

/**
 * A call as comlink posts it. Comlink also reads, writes and constructs whatever a path leads to, and
 * gives out ports to it; of all that the page uses nothing.
 */
const CallMessageSchema = v.object({
  id: v.pipe(v.string(), v.nonEmpty()),
  type: v.literal('APPLY'),
  path: v.strictTuple([v.picklist(callNames)]),
  argumentList: v.pipe(
    v.array(v.unknown()),
    v.maxLength(MOST_ARGUMENTS),
    v.array(v.object({ type: v.literal('RAW') })),
  ),
});
const AnsweredSchema = v.object({ id: CallMessageSchema.entries.id });

/**
 * Lets nothing but well-formed calls through to the listeners that are added after this. Who sent
 * something else hears so if it can be answered.
 */
export function callsOnly(port: Comlink.Endpoint): void {
  port.addEventListener('message', (event) => {
    if (!(event instanceof MessageEvent)) return;
    const result = v.safeParse(CallMessageSchema, event.data, { abortEarly: true });
    if (result.success) return;
    event.stopImmediatePropagation();
    if (!v.is(AnsweredSchema, event.data)) return;
    const complaint = complaintOf(result.issues[0], 'message');
    port.postMessage(thrownAnswer(event.data.id, new WorkbenchError('message.unknown', complaint)));
  });
}

import * as Comlink from 'comlink';
import { type ErrorParams, WorkbenchError } from '../util/errors.ts';
import type { ErrorCode } from '../util/errorTexts.ts';

/**
 * Lets a `WorkbenchError` cross between page and worker as what it is; comlink alone keeps only
 * name, message and stack. Called once on either side.
 */
export function transferWorkbenchErrors(): void {
  const stock = Comlink.transferHandlers.get('throw') as
    | Comlink.TransferHandler<{ value: unknown }, unknown>
    | undefined;
  if (!stock) throw new Error('comlink has no handler named "throw"');
  Comlink.transferHandlers.set('throw', {
    canHandle: stock.canHandle,
    serialize(thrown: { value: unknown }) {
      const { value } = thrown;
      if (!(value instanceof WorkbenchError)) return stock.serialize(thrown);
      return [{ code: value.code, params: value.params } satisfies SentError, []];
    },
    deserialize(sent: unknown) {
      if (isSentError(sent)) throw new WorkbenchError(sent.code, sent.params);
      return stock.deserialize(sent);
    },
  });
}

/** The answer to a call that comlink has not seen, in comlink's own form: the call throws this. */
export function thrownAnswer(id: string, { code, params }: WorkbenchError): object {
  return { id, type: 'HANDLER', name: 'throw', value: { code, params } satisfies SentError };
}

interface SentError {
  readonly code: ErrorCode;
  readonly params: ErrorParams;
}

function isSentError(sent: unknown): sent is SentError {
  return typeof sent === 'object' && sent !== null && 'code' in sent && 'params' in sent;
}

import { commandNames, isAllowed } from '../../protocol/phases.ts';
import type { Phase, WorkerApi } from '../../protocol/protocol.ts';
import { WorkbenchError } from '../../util/errors.ts';

/** The same calls, each refused with `session.busy` in a phase in which the table does not allow it. */
export function obedient(session: WorkerApi & { readonly phase: Phase }): WorkerApi {
  const calls = commandNames.map((command) => [
    command,
    async (...given: unknown[]) => {
      const { phase } = session;
      if (!isAllowed(command, phase)) throw new WorkbenchError('session.busy', { command, phase });
      return Reflect.apply(session[command], session, given);
    },
  ]);
  return Object.fromEntries(calls);
}

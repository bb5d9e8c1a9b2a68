import { describe, expect, it } from 'vitest';
import { commandNames, isAllowed } from '../../protocol/phases.ts';
import { type Phase, phases, type WorkerApi } from '../../protocol/protocol.ts';
import { WorkbenchError } from '../../util/errors.ts';
import { obedient } from './obedient.ts';

/** A session in this phase that takes whatever reaches it. */
function sessionIn(phase: Phase) {
  const reached: string[] = [];
  const calls = commandNames.map((name) => [name, async () => reached.push(name)]);
  const session: WorkerApi = Object.fromEntries(calls);
  return { calls: obedient(Object.assign(session, { phase })), reached };
}

describe('a worker', () => {
  it.each(phases)('that is %s takes what the table allows, and refuses the rest', async (phase) => {
    const { calls, reached } = sessionIn(phase);
    const refused: string[] = [];
    for (const command of commandNames) {
      await Reflect.apply(calls[command], undefined, []).catch((error: unknown) => {
        expect(error).toEqual(new WorkbenchError('session.busy', { command, phase }));
        refused.push(command);
      });
    }
    expect(reached).toEqual(commandNames.filter((command) => isAllowed(command, phase)));
    expect(reached.length + refused.length).toBe(commandNames.length);
  });

  it('looks at the phase when it is called, not when it was made', async () => {
    const { calls } = sessionIn('idle');
    const session = Object.assign({ ...calls }, { phase: 'idle' as Phase });
    const door = obedient(session);
    await door.resume();
    session.phase = 'training';
    await expect(door.resume()).rejects.toMatchObject({ code: 'session.busy' });
  });
});

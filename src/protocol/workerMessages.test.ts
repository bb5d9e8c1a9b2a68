import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readWorkerMessage } from './workerMessages.ts';

const heartbeat = { busyMs: 20 };

describe('a message of the worker', () => {
  it('is an answer of comlink where it has an id', () => {
    expect(readWorkerMessage({ id: '1-2-3-4', type: 'RAW', value: 1 })).toEqual({ kind: 'answer' });
  });

  it('is a heartbeat, with an event or without', () => {
    expect(readWorkerMessage({ heartbeat })).toEqual({ kind: 'word', busyMs: 20 });
    const event = { type: 'phase', phase: 'idle' } as const;
    const heard = readWorkerMessage({ heartbeat, workbenchEvent: event });
    expect(heard).toEqual({ kind: 'word', busyMs: 20, event });
  });

  it.each([
    [null, 'null'],
    ['text', 'string'],
    [{}, 'heartbeat'],
    [{ heartbeat: { busyMs: Number.NaN } }, 'heartbeat'],
    [{ heartbeat, workbenchEvent: [] }, 'array'],
    [{ heartbeat, workbenchEvent: {} }, 'type: undefined'],
    [{ heartbeat, workbenchEvent: { type: 'toString' } }, 'toString'],
    [{ heartbeat, workbenchEvent: { type: 'step', points: 7 } }, 'step.points'],
    [{ heartbeat, workbenchEvent: { type: 'run', record: null } }, 'run.record'],
  ])('is unknown as %o, and what is wrong is named', (data, problem) => {
    expect(readWorkerMessage(data)).toEqual({ kind: 'unknown', problem });
  });

  it('is read without a throw, whatever it is', () => {
    fc.assert(fc.property(fc.anything(), (data) => void readWorkerMessage(data)));
  });
});

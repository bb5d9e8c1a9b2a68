import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { callNames, callSchemas } from '../../protocol/callSchemas.ts';
import type { WorkerApi } from '../../protocol/protocol.ts';
import { badCalls, goodArguments } from '../../protocol/testing/badCalls.ts';
import { WorkbenchError } from '../../util/errors.ts';
import { guarded } from './guarded.ts';

/** A session that notes what reaches it. */
function recorded() {
  const reached: [name: string, given: readonly unknown[]][] = [];
  const calls = callNames.map((name) => [
    name,
    async (...given: unknown[]) => {
      reached.push([name, given]);
      return name;
    },
  ]);
  const session: WorkerApi = Object.fromEntries(calls);
  return { door: guarded(session, callSchemas), reached };
}

const call = (door: WorkerApi, name: keyof WorkerApi, given: readonly unknown[]) =>
  Reflect.apply(door[name], undefined, given);

describe('the door of the worker', () => {
  it.each(callNames)('lets %s through with its arguments as they are', async (name) => {
    const { door, reached } = recorded();
    expect(await call(door, name, goodArguments[name])).toBe(name);
    expect(reached).toEqual([[name, goodArguments[name]]]);
  });

  it('takes an argument that may be left out', async () => {
    const { door, reached } = recorded();
    await door.resume();
    await door.resume(undefined);
    expect(reached.map(([name]) => name)).toEqual(['resume', 'resume']);
  });

  it('names the call, the place, the value and what was expected', async () => {
    const { door } = recorded();
    const picture = { ...goodArguments.predict[0], width: -3 };
    await expect(door.predict(picture)).rejects.toMatchObject({
      code: 'message.invalid',
      params: { call: 'predict', path: 'arguments.0.width', value: '-3', expected: '>=1' },
    });
    await expect(call(door, 'renameRun', ['run', 'x'.repeat(5000)])).rejects.toSatisfy(
      ({ message }) => message.length < 500,
    );
  });

  it('holds the pixels of a picture against its sides', async () => {
    const { door, reached } = recorded();
    const picture = { ...goodArguments.predict[0], pixels: new Uint8Array(5) };
    await expect(door.predict(picture)).rejects.toMatchObject({
      params: { path: 'arguments.0.pixels', expected: 'width * height bytes' },
    });
    expect(reached).toEqual([]);
  });

  it('has nothing behind it but the calls', () => {
    const { door } = recorded();
    expect(Object.keys(door).sort()).toEqual([...callNames].sort());
    expect(Reflect.get(door, 'constructor')).toBeUndefined();
    expect(Reflect.set(door, 'train', () => undefined)).toBe(false);
  });

  it('refuses whatever is not right, and the session hears of none of it', async ({ task }) => {
    const numRuns = 10_000;
    const { door, reached } = recorded();
    let refused = 0;
    const isRefusal = (thrown: unknown, name: string) =>
      thrown instanceof WorkbenchError &&
      thrown.code === 'message.invalid' &&
      thrown.params.call === name;
    await fc.assert(
      fc.asyncProperty(badCalls, async ({ name, given }) => {
        const error = await call(door, name, given).catch((thrown: unknown) => thrown);
        if (!isRefusal(error, name)) throw new Error(`${name} was not refused: ${error}`);
        refused++;
      }),
      { numRuns },
    );
    expect(reached).toEqual([]);
    expect(Object.prototype).not.toHaveProperty('polluted');
    const figures = { injected: numRuns, survived: refused };
    task.meta.fault = { case: 14, words: 'malformed messages', ...figures };
  }, 60_000);
});

import * as Comlink from 'comlink';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { transferWorkbenchErrors } from '../../protocol/errorTransfer.ts';
import type { WorkerApi } from '../../protocol/protocol.ts';
import { badMessages, canBeAnswered } from '../testing/badMessages.ts';

const MESSAGES = 10_000;

interface Answer {
  readonly id?: string;
  readonly name?: string;
  readonly value?: { readonly code?: string };
  readonly unhandled?: string;
}

let worker: Worker;
let answers: Answer[];
let faults: string[];

beforeEach(() => {
  transferWorkbenchErrors();
  answers = [];
  faults = [];
  worker = new Worker(new URL('../testing/watchedEntry.ts', import.meta.url), { type: 'module' });
  worker.onerror = ({ message }) => faults.push(message);
  worker.addEventListener('message', ({ data }: MessageEvent<Answer>) => {
    if (data.unhandled !== undefined) faults.push(data.unhandled);
    if (data.id !== undefined) answers.push(data);
  });
});
afterEach(() => worker.terminate());

describe('the worker', () => {
  it('refuses malformed messages, each that can be answered in words, and goes on', async ({
    task,
  }) => {
    const messages = fc.sample(badMessages, { numRuns: MESSAGES, seed: 1 });
    for (const message of messages) worker.postMessage(message);

    const api = Comlink.wrap<WorkerApi>(worker);
    const siteUrl = location.href;
    const report = await api.start({ engine: 'cpu', tuning: 'off', siteUrl });
    expect(report.name).toBe('cpu');

    const asked = new Set(messages.filter(canBeAnswered).map(({ id }) => id));
    const refusals = answers.filter(({ id }) => asked.has(id ?? ''));
    expect(refusals).toHaveLength(asked.size);
    expect(new Set(refusals.map(({ name, value }) => `${name} ${value?.code}`))).toEqual(
      new Set(['throw message.invalid', 'throw message.unknown']),
    );
    expect(faults).toEqual([]);
    const figures = { injected: MESSAGES, survived: MESSAGES };
    task.meta.fault = { case: 14, words: 'malformed messages', ...figures };
  });

  it('gives the page nothing but its calls', async () => {
    const api = Comlink.wrap<WorkerApi & { workspace: string }>(worker);
    await expect(api.workspace).rejects.toMatchObject({ code: 'message.unknown' });
    await expect(api.selectThreads(-1)).rejects.toMatchObject({
      code: 'message.invalid',
      params: { call: 'selectThreads', path: 'arguments.0', value: '-1', expected: '>=1' },
    });
  });
});

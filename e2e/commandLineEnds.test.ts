import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadDataset, saveWeights } from '../scripts/cli/lib/commands.mjs';
import type { CliEvent } from '../scripts/cli/lib/report.mjs';
import { withWorkbench } from '../scripts/cli/lib/session.mjs';
import { trainInPage } from '../scripts/cli/lib/training.mjs';
import { inProject } from '../scripts/lib/paths.mjs';
import { beforeWorker } from './support/workerPrelude.ts';

const tiny = '--engine wasm --threads 1 --arch lenet5 --batch 20 --no-evaluate --json'.split(' ');

/** Starts `npm run train`, and gives its events while it works. */
function train(args: readonly string[], onEvent: (event: CliEvent, child: ChildProcess) => void) {
  const script = inProject('scripts/cli/train.mjs');
  const child = spawn(process.execPath, [script, ...tiny, ...args], { stdio: 'pipe' });
  const events: CliEvent[] = [];
  let rest = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    const lines = `${rest}${text}`.split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      events.push(JSON.parse(line));
      onEvent(JSON.parse(line), child);
    }
  });
  return new Promise<{ status: number | null; events: CliEvent[] }>((resolve) => {
    child.on('close', (status) => resolve({ status, events }));
  });
}

const errorsIn = (events: readonly CliEvent[]) => events.filter(({ event }) => event === 'error');

describe('a command ends by itself and says why', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'workbench-ends-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('where the losses go off', async () => {
    const options = '--steps 800 --lr 1 --init normal --out'.split(' ');
    const { status, events } = await train([...options, folder], () => undefined);
    expect(status).toBe(1);
    expect(errorsIn(events)).toMatchObject([{ name: 'WorkbenchError', code: 'training.wentOff' }]);
    expect(events.at(-1)).toMatchObject({ event: 'error' });
  });

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('where it gets %s', async (signal, expected) => {
    const { status, events } = await train(
      ['--steps', '1000000', '--out', folder],
      (event, child) => {
        if (event.event === 'step' && event.step === 10) child.kill(signal);
      },
    );
    expect(status).toBe(expected);
    expect(errorsIn(events)).toMatchObject([{ message: expect.stringContaining(signal) }]);
  });

  it.each([
    {
      cause: 'the browser dies',
      prepare: (page: Page) => page.exposeFunction('die', () => page.context().close()),
      during: (page: Page) => page.evaluate('setTimeout(window.die, 100)'),
      status: 1,
      told: { event: 'error', message: 'The browser ended before the command did.' },
    },
    {
      cause: 'the engine fails whenever it trains',
      prepare: (page: Page) => beforeWorker(page, failInTraining, 0),
      status: 1,
      told: { event: 'error', message: expect.stringMatching(/^The engine failed 3 times/) },
    },
    {
      cause: 'the loss is no number',
      engine: 'cpu',
      prepare: (page: Page) => beforeWorker(page, forgetExponents, 0),
      status: 1,
      told: { event: 'error', code: 'training.notFinite' },
    },
    {
      cause: 'nothing can be stored',
      prepare: (page: Page) => beforeWorker(page, refuseStorage, 0),
      status: 0,
      told: { event: 'notice', code: 'storage.unavailable' },
    },
  ])('where $cause', async ({ engine = 'wasm', prepare, during, status, told }) => {
    const events: CliEvent[] = [];
    const ended = await withWorkbench(
      { engine, threads: '1' },
      (event) => events.push(event),
      async (page, report) => {
        await loadDataset(page);
        await during?.(page);
        const steps = during ? 1_000_000 : 30;
        await trainInPage(page, { architecture: 'lenet5', batchSize: 20, steps }, report);
        report({ event: 'saved', path: await saveWeights(page, folder) });
      },
      async (page) => {
        await prepare(page);
      },
    );
    expect({ ended, events }).toMatchObject({ ended: status });
    expect(events).toContainEqual(expect.objectContaining(told));
    expect(errorsIn(events)).toHaveLength(status);
    expect(events.some(({ event }) => event === 'saved')).toBe(status === 0);
  });
});

/** In the worker: an error that nobody catches, as soon as it has said that it trains. */
function failInTraining(): void {
  for (const sender of [globalThis, MessagePort.prototype]) {
    const post = sender.postMessage;
    sender.postMessage = function (this: unknown, ...args: unknown[]) {
      Reflect.apply(post, this, args);
      if (!JSON.stringify(args[0] ?? null).includes('"phase":"training"')) return;
      setTimeout(() => {
        throw new Error('no such instruction');
      });
    };
  }
}

/** In the worker: every probability of tfjs on the processor is no number. */
function forgetExponents(): void {
  Math.exp = () => Number.NaN;
}

/** In the worker: as a browser does that keeps nothing. */
function refuseStorage(): void {
  IDBFactory.prototype.open = () => {
    throw new DOMException('Storage is not allowed here.', 'SecurityError');
  };
}
